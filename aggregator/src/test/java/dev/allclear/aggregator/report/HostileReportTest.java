package dev.allclear.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.NodeList;

/**
 * Whatever strangers say, every face of a report has the structure that it has when they say something harmless, and what they say can
 * still be read. The structure is what parsers see that are not ours.
 */
final class HostileReportTest {
    private static final String HARMLESS = "orders";

    /** ESC, C1, bidirectional and other invisible controls: nothing of a stranger may move a cursor or hide text. */
    private static final Pattern CONTROL = Pattern.compile(
            "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

    static Stream<String> attacks() {
        return HostileReports.ATTACKS.stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void htmlKeepsItsStructure(String attack) {
        Document document = Jsoup.parse(HtmlReport.of(HostileReports.of(attack)));

        assertThat(skeleton(document)).isEqualTo(skeleton(Jsoup.parse(HtmlReport.of(HostileReports.of(HARMLESS)))));
        assertThat(document.select(
                        "script, img, iframe, object, link, base, form, [style], [src], [onerror], [onload]"))
                .isEmpty();
        assertThat(document.select("a[href]"))
                .allMatch(link -> link.attr("href").startsWith("#"));
        assertThat(document.outerHtml()).doesNotContainPattern(CONTROL);
        assertThat(document.select(".cause li, .noticed li").text()).contains(readable(attack));
        assertThat(document.select(".finding p").eachText()).anyMatch(text -> text.contains(readable(attack)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void markdownKeepsItsStructure(String attack) {
        String markdown = MarkdownReport.of(HostileReports.of(attack));

        List<String> structure = structure(markdown);

        assertThat(structure).isEqualTo(structure(MarkdownReport.of(HostileReports.of(HARMLESS))));
        assertThat(markdown).doesNotContainPattern(CONTROL);
        assertThat(markdown.replaceAll("(?s)```.*?```", ""))
                .doesNotContain("<img", "<script", "<!", "http://", "www.", "@here", "@U123");
        assertThat(markdown.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MarkdownReport.LARGEST);
        assertThat(textOf(markdown))
                .contains(readable(attack)
                        .substring(0, Math.min(40, readable(attack).length())));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void junitXmlIsWellFormed(String attack) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();

        NodeList cases = parser.parse(new ByteArrayInputStream(
                        JunitReport.of(HostileReports.of(attack)).getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("*");
        NodeList harmless = parser.parse(new ByteArrayInputStream(
                        JunitReport.of(HostileReports.of(HARMLESS)).getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("*");

        assertThat(names(cases)).isEqualTo(names(harmless)).contains("testsuite7", "failure2", "error2");
        assertThat(JunitReport.of(HostileReports.of(attack))).doesNotContainPattern(CONTROL);
        assertThat(cases.item(0).getTextContent().replaceAll("\\s+", " ")).contains(readable(attack));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void aTerminalShowsOnlyOurOwnColours(String attack) {
        String plain = TerminalReport.of(HostileReports.of(attack), false);
        String painted = TerminalReport.of(HostileReports.of(attack), true);

        assertThat(plain).doesNotContainPattern(CONTROL);
        assertThat(plain.replaceAll("\\s+", " ")).contains(readable(attack));
        assertThat(painted.replaceAll("\u001b\\[[0-9]{1,2}m", "")).isEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void jsonSaysExactlyWhatWasSaid(String attack) {
        var report = Json.parse(JsonReport.of(HostileReports.of(attack)));

        assertThat(report.get("diagnosis"))
                .extracting(String::valueOf)
                .asString()
                .contains(attack);
        assertThat(JsonReport.of(HostileReports.of(attack))).doesNotContain("\u001b", "\u0000", "\n");
    }

    /** What a reader must find: the words, with each invisible character shown as one that can be seen. */
    private static String readable(String attack) {
        String words = Plain.line(attack).replaceAll("\\s+", " ").strip();
        return words.substring(0, Math.min(100, words.length()));
    }

    /** Every element with its attributes' names, and our own attributes' values, in order. */
    private static List<String> skeleton(Document document) {
        List<String> all = new ArrayList<>();
        for (Element element : document.getAllElements()) {
            StringBuilder one = new StringBuilder("/".repeat(element.parents().size()) + element.tagName());
            for (Attribute attribute : element.attributes()) {
                one.append(' ').append(attribute.getKey());
                if (List.of("class", "id", "href", "http-equiv", "content").contains(attribute.getKey())) {
                    one.append('=').append(attribute.getValue());
                }
            }
            all.add(one.toString());
        }
        return all;
    }

    private static Node parse(String markdown) {
        return Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(markdown);
    }

    /** Every node but runs of text: a word that is markup would be a node of its own. */
    private static List<String> structure(String markdown) {
        List<String> all = new ArrayList<>();
        walk(parse(markdown), 0, all, new StringBuilder());
        return all;
    }

    private static String textOf(String markdown) {
        StringBuilder text = new StringBuilder();
        walk(parse(markdown), 0, new ArrayList<>(), text);
        return text.toString().replace("\u2060", "").replaceAll("\\s+", " ");
    }

    private static void walk(Node node, int depth, List<String> structure, StringBuilder text) {
        if (node instanceof Text words) {
            text.append(words.getLiteral());
        } else {
            text.append(' ');
            structure.add("/".repeat(depth) + node.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            walk(child, depth + 1, structure, text);
        }
    }

    private static List<String> names(NodeList nodes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            names.add(
                    nodes.item(i).getNodeName() + nodes.item(i).getAttributes().getLength());
        }
        return names;
    }
}
