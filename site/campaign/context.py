"""thin"""
def furniture(request): return {"furniture": {}}
