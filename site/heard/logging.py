"""thin"""
from django.views.debug import SafeExceptionReporterFilter
def configure(config): pass
class EmptyReporterFilter(SafeExceptionReporterFilter): pass
