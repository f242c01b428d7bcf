"""thin"""
urlpatterns = []
