"""thin"""
from django.http import HttpResponse
def bad_request(request, exception=None): return HttpResponse(status=400)
forbidden = not_found = server_error = bad_request
