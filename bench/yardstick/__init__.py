"""An ordinary Wagtail site of stories, as a team without our worries would write it, for ratios alone.

A page for each story, Wagtail's database search, offset paging, a ModelForm, no cache.
"""
