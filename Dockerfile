# One image for the bot, the workers and the tools; docker-compose.yml says which of them a container runs.
# Debian and not Alpine: what decoding an image takes is bounded by means of glibc, and was measured with it.

FROM node:24.21.0-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# What sharp and msgpackr have in machine code comes with their packages: nothing needs a script or a compiler.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24.21.0-trixie-slim
ENV NODE_ENV=production
# Node reads and writes what it has compiled there. It keeps it apart by user, and the root of a container is read-only.
ENV NODE_COMPILE_CACHE=/home/node/compiled
# Of /readyz, within the container.
ENV HEALTH_PORT=9000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
USER node
# Loads every module once, so that processes start in half the time.
RUN node --eval 'for (const file of fs.globSync("src/**/!(main).ts")) import("./" + file)'
# /readyz and not /livez: Compose restarts nothing that is unhealthy, it shows it, and "up --wait" waits for it.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1))"]
STOPSIGNAL SIGTERM
# The processes themselves, not npm, get the signal.
ENTRYPOINT ["node"]
CMD ["src/worker/main.ts"]
