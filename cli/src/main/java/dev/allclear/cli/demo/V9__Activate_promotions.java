package dev.allclear.cli.demo;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** A migration that hands part of its work to a helper process, and forgets to make it finish. */
@SuppressWarnings("checkstyle:TypeName") // Flyway reads version and description from the name
public final class V9__Activate_promotions extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws Exception {
        String url = context.getConfiguration().getUrl();
        Process helper = new ProcessBuilder(JavaProcess.command(PromotionHelper.class, url))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(helper.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(said.readLine())) {
            throw new IllegalStateException("the promotion helper did not start");
        }
    }
}
