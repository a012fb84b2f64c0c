# The SDK is named to the patch, because the lock files name the compiler packages that belong to exactly this one.
# Both images are of one Ubuntu release: a binary does not start on a glibc older than the one it was linked against.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev
COPY . /source
RUN dotnet restore /source/src/MacroPortfolio.Action --locked-mode --use-current-runtime
RUN dotnet publish /source/src/MacroPortfolio.Action --no-restore --use-current-runtime --output /published
# The post stage runs the same program under a second name.
RUN mkdir -p /image/usr/local/bin && cp /published/macro-portfolio /image/usr/local/bin/ && ln -s usr/local/bin/macro-portfolio /image/macro-portfolio-post

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="macro-portfolio" \
      org.opencontainers.image.description="Deploys to EC2 with AWS CodeDeploy from GitHub Actions, and runs gray releases" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /image/ /
# The runner's workspace and file commands belong to another user, so nobody but root can write them; the base's own user is 1654.
# https://docs.github.com/en/actions/reference/workflows-and-actions/dockerfile-support#user
USER root
# Absolute, because the runner sets the working directory; without a shell, so that signals reach the program as process 1.
ENTRYPOINT ["/usr/local/bin/macro-portfolio"]
