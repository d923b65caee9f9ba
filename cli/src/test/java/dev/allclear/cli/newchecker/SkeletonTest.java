package dev.allclear.cli.newchecker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module that {@code new-checker} makes, in a copy of the files that it changes. That it builds and runs: {@code CustomChecksPageIT}. */
final class SkeletonTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    Path root;

    @BeforeEach
    void copyWhatItChanges() throws IOException {
        for (String file : List.of("pom.xml", "cli/pom.xml", "docs/findings/README.md")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(PROJECT.resolve(file), root.resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme.naming", "a.b", "new.import", "acme-platform-team.index-guard-all-x-y-0"})
    void makesCodeThatCompiles_whateverTheName(String name) throws IOException {
        new Skeleton(root, new CheckName(name)).write();

        assertThat(compile()).isEmpty();
    }

    @Test
    void makesThePagesOfItsFindings_andNamesTheModuleToItsHosts() throws IOException {
        new Skeleton(root, new CheckName("acme.naming")).write();

        assertThat(root.resolve("docs/findings/acme.naming.index-gone.md"))
                .content()
                .startsWith("# `acme.naming.index-gone`");
        assertThat(root.resolve("docs/findings/README.md")).content().contains("(acme.naming.index-gone.md) | ERROR");
        assertThat(root.resolve("acme-naming/src/main/resources/META-INF/services/dev.allclear.service.CheckerModule"))
                .hasContent("dev.allclear.team.acme_naming.NamingCheckerModule");
        assertThat(root.resolve("pom.xml"))
                .content()
                .containsOnlyOnce("<module>acme-naming</module>")
                .containsOnlyOnce("<artifactId>acme-naming</artifactId><version>${project.version}</version>");
        assertThat(root.resolve("cli/pom.xml")).content().containsOnlyOnce("<artifactId>acme-naming</artifactId>");
    }

    @Test
    void leavesNoPlaceholder() throws IOException {
        List<Path> written = new Skeleton(root, new CheckName("acme.naming")).write();

        for (Path file : written) {
            assertThat(file).content().doesNotContainPattern("@[A-Z]+@");
        }
        assertThat(written).hasSizeGreaterThan(15);
    }

    private List<String> compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> mistakes = new ArrayList<>();
        List<JavaFileObject> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> sources.add(source(file)));
        }
        boolean compiled = compiler.getTask(
                        null,
                        null,
                        mistake -> mistakes.add(mistake.toString()),
                        List.of(
                                "-proc:none",
                                "-Xlint:all",
                                "-d",
                                Files.createDirectories(root.resolve("out")).toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        Set.of(),
                        sources)
                .call();
        assertThat(compiled).as("%s", mistakes).isTrue();
        return mistakes.stream()
                .filter(mistake -> mistake.contains(root.toString()))
                .toList();
    }

    private static JavaFileObject source(Path file) {
        return new SimpleJavaFileObject(file.toUri(), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                try {
                    return Files.readString(Path.of(URI.create(uri.toString())));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
    }
}
