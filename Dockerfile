# The helpdesk as an image: Node 24, its dependencies, the program, its content and the built dashboard.
# docker build -t helpdesk . && docker run -p 3978:3978 -v helpdesk-data:/data --env-file helpdesk.env helpdesk

FROM node:24.21.0-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional packages are Node itself, which is here already.
RUN npm ci --omit=dev --omit=optional

FROM node:24.21.0-trixie-slim AS dashboard
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With the optional ones: what builds the pages has its native parts there.
RUN npm ci
COPY src ./src
RUN node src/build.ts --force

FROM node:24.21.0-trixie-slim
ENV NODE_ENV=production \
    HELPDESK_MODE=teams \
    PORT=3978 \
    DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY adaptive-cards ./adaptive-cards
COPY content ./content
COPY --from=dashboard /app/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is told to stop itself, without a shell or npm in between.
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
