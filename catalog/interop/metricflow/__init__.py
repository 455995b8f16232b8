"""dbt's semantic layer (MetricFlow): semantic models and metrics, read and written."""

from catalog.interop.metricflow.reader import MetricFlowProject, read_project
from catalog.interop.metricflow.writer import write_project

__all__ = ["MetricFlowProject", "read_project", "write_project"]
