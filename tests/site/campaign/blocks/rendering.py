"""A block as its page shows it, and what its form says of a value."""

from wagtail.blocks import StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from campaign.blocks.body import Body

BODY = Body()


def shown(kind, value, **context):
    """The HTML of one block, made of what a page would have stored."""
    block = BODY.child_blocks[kind]
    return block.render(block.to_python(value), context=context)


def refusals(kind, value):
    """What the form says of it, by field; empty where it takes it."""
    block = BODY.child_blocks[kind]
    try:
        block.clean(block.to_python(value))
    except StructBlockValidationError as refused:
        return {name: error.messages for name, error in refused.block_errors.items()}
    return {}


def refused_places(*blocks):
    """The places of the blocks that a page can't have as they are."""
    refused = refusal(*blocks)
    return sorted(refused.block_errors) if refused else []


def refusal(*blocks):
    """What the form says of all blocks of a page together, or None."""
    try:
        BODY.clean(StreamValue(BODY, list(blocks)))
    except StreamBlockValidationError as refused:
        return refused
    return None
