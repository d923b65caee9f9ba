package dev.allclear.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rules of {@code rules.txt}: what counts as an error, what marks a text as PostgreSQL's, and what marks it as another's. */
final class Rules {
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();
    private final List<String> vetoes = new ArrayList<>();
    private final Map<String, List<String>> probes = new HashMap<>();
    private final Literals literals;

    /** The part of the rules that a text touches. */
    record Touched(List<Rule> rules, boolean marked, boolean vetoed) {}

    private Rules(String text) {
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::read);
        List<String> all = new ArrayList<>();
        rules.forEach(rule -> all.add(rule.literal()));
        all.addAll(marks);
        all.addAll(vetoes);
        literals = new Literals(all);
    }

    static Rules load() {
        try (InputStream in = Objects.requireNonNull(Rules.class.getResourceAsStream("rules.txt"), "rules.txt")) {
            return new Rules(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void read(String line) {
        String[] part = line.strip().split(" {2,}", 3);
        if (part.length < 2) {
            throw new IllegalArgumentException("rules.txt: cannot read: " + line);
        }
        String word = part[0];
        String literal = part[1];
        if (word.equals("mark")) {
            marks.add(literal);
        } else if (word.equals("veto")) {
            vetoes.add(literal);
        } else if (word.equals("probe")) {
            probes.computeIfAbsent(literal, key -> new ArrayList<>()).add(probe(line, literal));
        } else {
            Rule.Needs needs =
                    word.endsWith("?") ? Rule.Needs.MARK : word.endsWith("!") ? Rule.Needs.SERVER : Rule.Needs.NOTHING;
            String label = needs == Rule.Needs.NOTHING ? word : word.substring(0, word.length() - 1);
            ErrorKind kind = Arrays.stream(ErrorKind.values())
                    .filter(candidate -> candidate.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("rules.txt: no such kind: " + line));
            String pattern = part.length > 2 ? part[2] : com.google.re2j.Pattern.quote(literal);
            rules.add(Rule.of(kind, needs, literal, pattern));
        }
    }

    /** All behind the literal, blanks at the end included. */
    private static String probe(String line, String literal) {
        String rest = line.substring(line.indexOf(literal) + literal.length());
        return rest.substring(rest.length() - rest.stripLeading().length());
    }

    /** In the order of the file. */
    List<Rule> all() {
        return List.copyOf(rules);
    }

    /** What to search a large file for: whatever touches a rule holds one of these texts, of at least 8 bytes. */
    List<String> probes() {
        List<String> all = new ArrayList<>();
        for (Rule rule : rules) {
            List<String> longer = probes.getOrDefault(rule.literal(), List.of());
            all.addAll(longer.isEmpty() ? List.of(rule.literal()) : longer);
        }
        return all.stream().distinct().toList();
    }

    /** In the order of the file. */
    Touched touchedBy(CharSequence text) {
        BitSet hits = literals.in(text);
        List<Rule> touched = new ArrayList<>();
        for (int i = hits.nextSetBit(0); i >= 0 && i < rules.size(); i = hits.nextSetBit(i + 1)) {
            touched.add(rules.get(i));
        }
        int firstMark = hits.nextSetBit(rules.size());
        int firstVeto = rules.size() + marks.size();
        return new Touched(touched, firstMark >= 0 && firstMark < firstVeto, hits.nextSetBit(firstVeto) >= 0);
    }
}
