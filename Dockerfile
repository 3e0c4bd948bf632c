# One image for the bot, the workers and the tools. docker-compose.yml says which of them a container runs.
# Debian instead of Alpine, because the memory limits of decoding rely on glibc and were measured with it.

FROM node:24.21.0-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# sharp and msgpackr ship their binaries in packages, so no script and no compiler is needed.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24.21.0-trixie-slim
ENV NODE_ENV=production
# Node's compile cache. The build fills it as the user that runs the processes, because the container's root is read-only.
ENV NODE_COMPILE_CACHE=/home/node/compiled
# Port of /readyz within the container.
ENV HEALTH_PORT=9000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
USER node
# Loads every module once, which fills the compile cache and halves the start time.
RUN node --eval 'for (const file of fs.globSync("src/**/!(main).ts")) import("./" + file)'
# /readyz instead of /livez: Compose does not restart unhealthy containers, it shows them, and "up --wait" waits for health.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1))"]
STOPSIGNAL SIGTERM
# No npm in between, so that signals reach the process.
ENTRYPOINT ["node"]
CMD ["src/worker/main.ts"]
