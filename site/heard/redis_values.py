"""How a value is written to Redis: as plain data, so that whoever can write there has no code run by reading it."""

from typing import Any

import msgpack
from django_redis.serializers.msgpack import MSGPackSerializer


class PlainSerializer(MSGPackSerializer):
    """Numbers, texts, bytes, lists and maps; anything else in Redis counts as absent."""

    def loads(self, value: bytes) -> Any:
        try:
            # Wagtail keeps the names of languages by number.
            return msgpack.loads(value, raw=False, strict_map_key=False)
        except (ValueError, TypeError, msgpack.UnpackException):
            return None
