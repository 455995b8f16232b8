"""What can go wrong while a sample is made, said so that the person who asked can mend it."""


class SampleError(Exception):
    """A sample could not be made or measured; the message names what was wrong and what is valid."""


class SampleEventsError(SampleError):
    """The list of planted events cannot be used; the message names the file, the entry and what is valid there."""


class SampleSpaceError(SampleError):
    """There is not enough room on the disk for the sample; the message names the folder, the need and what is free."""
