package dev.allclear.acceptance.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that the readme tells a newcomer to type, in order. */
final class ReadmeBlocks {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    private ReadmeBlocks() {}

    static List<String> of(Path readme) {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Project.text(readme));
        while (block.find()) {
            blocks.add(block.group(1).strip());
        }
        return blocks;
    }
}
