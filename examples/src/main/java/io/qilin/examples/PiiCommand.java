package io.qilin.examples;

import io.qilin.api.error.QilinException;
import io.qilin.security.pii.PiiDetector;
import io.qilin.security.pii.PiiFinding;
import io.qilin.security.pii.PiiMaskingReader;
import io.qilin.security.pii.PiiPolicy;
import io.qilin.security.pii.PiiRedactor;
import io.qilin.security.pii.PiiType;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code pii}: finds or masks personal data. */
@Command(
    name = "pii",
    description = {
      "Finds personal data in a text and prints one line of JSON for each piece: line, start and end in it (from 0, in"
          + " UTF-16 code units), type and form, never the data itself. Exit code 4 if there is any. With --mask it"
          + " prints the text with the data masked instead; with --json each line is a JSON document.",
      ""
    },
    footer = {
      "",
      "Example: qilin pii --in letters.txt",
      "Example: qilin pii --in orders.jsonl --json --mask > masked.jsonl",
      "Example: qilin pii --in - --types CN_ID,CN_MOBILE"
    })
final class PiiCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Option(
      names = "--in",
      required = true,
      paramLabel = "FILE",
      description = "A text in UTF-8; - is the standard input.")
  private Path in = Path.of("");

  @Option(names = "--mask", description = "Prints the text with personal data masked.")
  private boolean mask;

  @Option(names = "--json", description = "With --mask: each line is a JSON document.")
  private boolean json;

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "TYPE",
      description =
          "What to look for: ${COMPLETION-CANDIDATES}. All but NAME, URL and DATE unless given.")
  private List<PiiType> types = new ArrayList<>();

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "Names of people to look for, one a line.")
  private Optional<Path> names = Optional.empty();

  PiiCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PiiDetector.Builder detector = PiiDetector.builder();
    if (!types.isEmpty()) {
      detector.types(EnumSet.copyOf(types));
    }
    names.ifPresent(file -> detector.names(lines(file)));
    if (!mask) {
      if (json) {
        terminal.say("--json needs --mask");
        return ExitCode.USAGE;
      }
      return find(detector.build());
    }
    PiiRedactor redactor =
        PiiRedactor.builder(PiiPolicy.masking()).detector(detector.build()).build();
    if (json) {
      documents(redactor);
    } else {
      text(redactor);
    }
    return ExitCode.DONE;
  }

  private static Set<String> lines(Path file) {
    Set<String> all = new LinkedHashSet<>();
    try (TextLines lines = TextLines.open(file)) {
      StringBuilder line = new StringBuilder();
      while (lines.next(line)) {
        if (!line.toString().isBlank()) {
          all.add(line.toString().strip());
        }
      }
    }
    return all;
  }

  private int find(PiiDetector detector) {
    Map<PiiType, Integer> counts = new EnumMap<>(PiiType.class);
    try (TextLines lines = TextLines.open(in)) {
      StringBuilder line = new StringBuilder();
      while (lines.next(line)) {
        for (PiiFinding finding : detector.find(line.toString())) {
          ObjectNode root = JSON.createObjectNode();
          root.put("line", lines.number());
          root.put("start", finding.start());
          root.put("end", finding.end());
          root.put("type", finding.type().name());
          root.put("form", finding.form().name());
          terminal.out().print(JSON.writeValueAsString(root) + "\n");
          counts.merge(finding.type(), 1, Integer::sum);
        }
      }
    }
    terminal.say(counts.isEmpty() ? "nothing found" : "found " + counts);
    return counts.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void text(PiiRedactor redactor) {
    char[] piece = new char[1 << 13];
    try (Reader masked = new PiiMaskingReader(TextLines.reader(in), redactor)) {
      for (int count = masked.read(piece, 0, piece.length);
          count >= 0;
          count = masked.read(piece, 0, piece.length)) {
        terminal.out().print(new String(piece, 0, count));
      }
    } catch (IOException e) {
      throw TextLines.failed(TextLines.name(in), e);
    }
  }

  private void documents(PiiRedactor redactor) {
    try (TextLines lines = TextLines.open(in)) {
      StringBuilder line = new StringBuilder();
      while (lines.next(line)) {
        if (!line.toString().isBlank()) {
          terminal.out().print(document(redactor, line, lines.place()) + "\n");
        }
      }
    }
  }

  private static String document(PiiRedactor redactor, StringBuilder line, String place) {
    try {
      return redactor.json(line.toString().getBytes(StandardCharsets.UTF_8));
    } catch (QilinException e) {
      throw Messages.at(place, e);
    }
  }
}
