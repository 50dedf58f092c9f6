"""The demo's identity provider: a process and a home of its own, so that the portal meets a real one."""
