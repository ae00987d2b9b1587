FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
# With --build-arg PDF=yes: "Download as PDF", and the Pango that draws it.
ARG PDF=""
COPY requirements-pdf.lock .
RUN if [ -n "$PDF" ]; then \
      apt-get update -qq && apt-get install -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
      && rm -rf /var/lib/apt/lists/* && pip install --no-cache-dir --require-hashes -r requirements-pdf.lock; fi
COPY . .
# Both need no database and no secret.
RUN python manage.py messages --compile && python manage.py collectstatic --no-input
RUN useradd --system table && mkdir -p var && chown -R table var
USER table
EXPOSE 8000
# No access log: which page was asked for, and when, would stand beside each other.
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=4"]
