FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# Both need no database and no secret.
RUN python manage.py messages --compile && python manage.py collectstatic --no-input
RUN useradd --system table && mkdir -p var && chown -R table var
USER table
EXPOSE 8000
# No access log: which page was asked for, and when, would stand beside each other.
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=4"]
