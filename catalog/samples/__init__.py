"""Generators of sample data, one folder a business."""

from catalog.samples.errors import SampleError, SampleEventsError, SampleSpaceError

__all__ = ["SampleError", "SampleEventsError", "SampleSpaceError"]
