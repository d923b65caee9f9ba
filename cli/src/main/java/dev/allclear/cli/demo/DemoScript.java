package dev.allclear.cli.demo;

import dev.allclear.model.CheckName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the demonstration runs and how it is configured: the two migrations, and the configuration a user would write. */
final class DemoScript {
    private static final String ROOT = "classpath:dev/allclear/cli/demo/";
    static final String HISTORY = ROOT + "history";
    static final String GOOD = ROOT + "good";
    static final String BAD = ROOT + "bad";

    private DemoScript() {}

    /** The shop's {@code allclear.yaml}; a soak of some seconds instead of minutes, since the demo has an audience. */
    static String configuration(String uri, Path applicationLog, Set<CheckName> required) {
        return """
                databases:
                  shop:
                    uri: %s
                    latency:
                      queries:
                        - name: orders-of-customer
                          sql: select * from orders where customer_id = $1 order by id desc limit 20
                          parameters: [[42], [4711]]
                        - name: order-by-id
                          sql: select id, status, total from orders where id = $1
                          parameters: [[1000]]
                    locks: { warn: 2s, fail: 10s, settle: 4s }
                    status: { settle: 3s }
                    logs:
                      - file: %s
                        lag: 2s
                policy:
                  required: %s
                  log-watch: 8s
                  deadline: 60s
                """.formatted(uri, applicationLog, required);
    }

    static List<String> command(String jdbcUrl, String... locations) {
        String[] arguments = new String[locations.length + 1];
        arguments[0] = jdbcUrl;
        System.arraycopy(locations, 0, arguments, 1, locations.length);
        return JavaProcess.command(DeployTool.class, arguments);
    }

    static List<Map<String, Object>> goodExpectations() {
        return List.of(
                Map.of("table", "public.customers", "filled", "email_domain"),
                Map.of("table", "public.customers", "rows", "unchanged"));
    }

    static List<Map<String, Object>> badExpectations() {
        return List.of(
                Map.of("table", "public.customers", "filled", "currency"),
                Map.of("table", "public.customers", "rows", "unchanged"));
    }
}
