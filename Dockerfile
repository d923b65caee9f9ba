# One small image for the six services, made of what `mvn package` put into target/lib; the command is the service's main class.
FROM eclipse-temurin:17-jre
COPY target/lib /opt/allclear/lib
USER 10001
ENV ALLCLEAR_HTTP_HOST=0.0.0.0 ALLCLEAR_HTTP_PORT=8080 ALLCLEAR_CONFIG=/etc/allclear/allclear.yaml
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=40s --retries=12 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m", "-XX:+ExitOnOutOfMemoryError", "-cp", "/opt/allclear/lib/*"]
