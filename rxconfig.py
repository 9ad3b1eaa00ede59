"""Reflex's configuration: one address for screens and API, nothing fetched, nothing reported."""

import os

import reflex as rx

from api.core.settings import Environment, get_settings

settings = get_settings()
origins = {settings.public_url}
if settings.environment is not Environment.PRODUCTION:
    origins |= {f"http://{host}:{settings.port}" for host in ("localhost", "127.0.0.1")}

config = rx.Config(
    app_name="dealsmart_app",
    frontend_port=settings.port,
    backend_port=int(os.environ.get("BACKEND_PORT", settings.port)),  # another one only while developing
    api_url=os.environ.get("BACKEND_URL", settings.public_url),
    deploy_url=settings.public_url,
    cors_allowed_origins=sorted(origins),
    redis_url=settings.redis_url.get_secret_value() if settings.redis_url else None,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # brotli takes 20 s a build: SCREENS_COMPRESSION=brotli,gzip for a release.
    frontend_compression_formats=os.environ.get("SCREENS_COMPRESSION", "gzip").split(","),
    plugins=[],  # docs/decisions/0004: the style sheets are our own
    disable_plugins=[rx.plugins.SitemapPlugin],
)
