package dev.allclear.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents link to files and headings that are there. */
final class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(Path document) {
        List<String> broken = brokenLinks(document, Project.text(document));

        assertThat(broken)
                .as("broken links in " + Project.ROOT.relativize(document))
                .isEmpty();
    }

    @Test
    void aLinkToNothingIsFound() {
        Path here = Project.ROOT.resolve("README.md");

        assertThat(brokenLinks(
                        here, "[a](docs/nowhere.md) [b](CONTRIBUTING.md#nowhere) [c](LICENSE) [d](https://x.example)"))
                .containsExactly("docs/nowhere.md", "CONTRIBUTING.md#nowhere");
    }

    static List<Path> documents() {
        List<Path> documents = Project.files(".*\\.md");
        assertThat(documents).hasSizeGreaterThan(80);
        return documents;
    }

    private static List<String> brokenLinks(Path document, String text) {
        List<String> broken = new ArrayList<>();
        LINK.matcher(withoutCode(text)).results().map(found -> found.group(1)).forEach(link -> {
            int hash = link.indexOf('#');
            String file = hash < 0 ? link : link.substring(0, hash);
            Path target =
                    file.isEmpty() ? document : document.resolveSibling(file).normalize();
            boolean leads = ELSEWHERE.matcher(link).matches()
                    || Files.exists(target) && (hash < 0 || hasHeading(target, link.substring(hash + 1)));
            if (!leads) {
                broken.add(link);
            }
        });
        return broken;
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\\n]*`", "``");
    }

    private static boolean hasHeading(Path document, String anchor) {
        return Project.text(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .anyMatch(anchor::equals);
    }
}
