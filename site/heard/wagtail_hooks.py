"""What Wagtail's admin expects of a site that leaves one of its apps out."""

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter


class NoDocuments:
    """Every page of the admin names the address of the documents' list; ours is empty, for we keep no documents."""

    class model:
        """No model is represented here."""

    @staticmethod
    def listing(request: HttpRequest) -> JsonResponse:
        return JsonResponse({"meta": {"total_count": 0}, "items": []})

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.listing, name="listing")]


@hooks.register("construct_admin_api")
def name_the_documents(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", NoDocuments)
