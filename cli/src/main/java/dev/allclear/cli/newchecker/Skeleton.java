package dev.allclear.cli.newchecker;

import dev.allclear.model.CheckName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of a new check, and the lines by which the build, the command line and the index of findings know it. */
final class Skeleton {
    private final Path root;
    private final CheckName check;
    private final String folder;
    private final String packageName;
    private final String className;

    Skeleton(Path root, CheckName check) {
        this.root = root;
        this.check = check;
        this.folder = check.value().replace('.', '-');
        // never a keyword, since it has an underscore
        this.packageName = check.value().replaceAll("[.-]", "_");
        this.className = Arrays.stream(
                        check.value().substring(check.value().indexOf('.') + 1).split("-", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    Path folder() {
        return root.resolve(folder);
    }

    /** Writes everything; the files that were made or changed. */
    List<Path> write() throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, Path> file : files().entrySet()) {
            Files.createDirectories(file.getValue().getParent());
            Files.writeString(file.getValue(), filled(template(file.getKey())));
            written.add(file.getValue());
        }
        Path services = folder().resolve("src/main/resources/META-INF/services/dev.allclear.service.CheckerModule");
        Files.createDirectories(services.getParent());
        Files.writeString(services, filled("dev.allclear.team.@PACKAGE@.@CLASS@CheckerModule\n"));
        written.add(services);
        written.add(inserted("pom.xml", "    <module>cli</module>\n", "    <module>@FOLDER@</module>\n"));
        written.add(
                inserted("pom.xml", managed("cli", "${project.version}"), managed("@FOLDER@", "${project.version}")));
        written.add(inserted("cli/pom.xml", dependency("aggregator"), dependency("@FOLDER@")));
        written.add(indexed());
        return written.stream().distinct().toList();
    }

    private Map<String, Path> files() {
        Path java = folder().resolve("src/main/java/dev/allclear/team").resolve(packageName);
        Path tests = folder().resolve("src/test/java/dev/allclear/team").resolve(packageName);
        Path scripts = folder().resolve("src/test/resources");
        Path pages = root.resolve("docs/findings");
        Map<String, Path> files = new TreeMap<>();
        files.put("pom.xml", folder().resolve("pom.xml"));
        files.put("package-info.java", java.resolve("package-info.java"));
        for (String part : List.of("Checker.java", "CheckerMain.java", "CheckerModule.java", "Findings.java")) {
            files.put(part, java.resolve(className + part));
        }
        files.put("CheckerTest.java", tests.resolve(className + "CheckerTest.java"));
        files.put("ContractTest.java", tests.resolve(className + "CheckerContractTest.java"));
        for (String script : List.of("scene.sql", "good.sql", "bad.sql")) {
            files.put(script, scripts.resolve(script));
        }
        files.put("index-gone.md", pages.resolve(check + ".index-gone.md"));
        files.put("no-baseline.md", pages.resolve(check + ".no-baseline.md"));
        return files;
    }

    /** Puts text before a line that must be there. */
    private Path inserted(String file, String before, String text) throws IOException {
        Path path = root.resolve(file);
        String content = Files.readString(path);
        int at = content.indexOf(before);
        if (at < 0) {
            throw new IOException(path + " has no line " + before.strip() + ", before which the new check belongs");
        }
        Files.writeString(path, content.substring(0, at) + filled(text) + content.substring(at));
        return path;
    }

    private Path indexed() throws IOException {
        Path path = root.resolve("docs/findings/README.md");
        Files.writeString(path, Files.readString(path).stripTrailing() + "\n" + filled("""

                ## @CHECK@

                | code | severity | in a line |
                |---|---|---|
                | [`@CHECK@.index-gone`](@CHECK@.index-gone.md) | ERROR | An index that was there before is gone. |
                | [`@CHECK@.no-baseline`](@CHECK@.no-baseline.md) | UNPROVEN | It is not known which indexes there were before. |
                """));
        return path;
    }

    private String filled(String template) throws IOException {
        return template.replace("@CHECK@", check.value())
                .replace("@FOLDER@", folder)
                .replace("@PACKAGE@", packageName)
                .replace("@CLASS@", className)
                .replace("@VERSION@", version());
    }

    /** The project's own version, the first in its pom. */
    private String version() throws IOException {
        return Files.readString(root.resolve("pom.xml")).replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
    }

    private static String managed(String module, String version) {
        return "      <dependency><groupId>dev.allclear</groupId><artifactId>" + module + "</artifactId><version>"
                + version + "</version></dependency>\n";
    }

    private static String dependency(String module) {
        return "    <dependency><groupId>dev.allclear</groupId><artifactId>" + module + "</artifactId></dependency>\n";
    }

    private static String template(String name) throws IOException {
        try (InputStream in = Skeleton.class.getResourceAsStream(name + ".template")) {
            if (in == null) {
                throw new IOException("the template " + name + " is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
