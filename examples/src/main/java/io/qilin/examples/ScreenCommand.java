package io.qilin.examples;

import io.qilin.security.screening.Finding;
import io.qilin.security.screening.RequestScreener;
import io.qilin.security.screening.Verdict;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code screen}: what the request screener says about requests or texts. */
@Command(
    name = "screen",
    description = {
      "Screens HTTP requests or texts for known attacks and prints one line of JSON for each: its number or id, the"
          + " outcome, the score, and which rules fired where. Exit code 4 if any is refused.",
      "",
      "A request is a line of JSON: method, uri, headers, data (the body), id; or raw_b64, the whole request in Base64."
          + " Screening is a last line of defence: what passes is not proved to be harmless.",
      ""
    },
    footer = {
      "",
      "Example: qilin screen --requests requests.jsonl",
      "Example: echo \"1' OR '1'='1\" | qilin screen --texts - --paranoia 2"
    })
final class ScreenCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Input input = new Input();

  @Option(
      names = "--field",
      paramLabel = "NAME",
      description = "With --texts: the name of the field that the texts are in; text unless given.")
  private String field = "text";

  @Option(
      names = "--paranoia",
      paramLabel = "LEVEL",
      description =
          "1, few honest requests refused, to 4, nearly any sign refused; 1 unless given.")
  private int paranoia = 1;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "The score from which a request is refused; 5 unless given.")
  private int threshold = 5;

  ScreenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One of both. */
  private static final class Input {
    @Option(
        names = "--requests",
        paramLabel = "FILE.jsonl",
        required = true,
        description = "Requests, one a line; - is the standard input.")
    private Path requests = Path.of("");

    @Option(
        names = "--texts",
        paramLabel = "FILE",
        required = true,
        description = "Texts, one a line; - is the standard input.")
    private Path texts = Path.of("");
  }

  @Override
  public Integer call() {
    RequestScreener screener =
        RequestScreener.builder().paranoia(paranoia).threshold(threshold).build();
    boolean whole = !input.requests.toString().isEmpty();
    Map<Verdict.Outcome, Integer> counts = new EnumMap<>(Verdict.Outcome.class);
    int all = 0;
    try (TextLines lines = TextLines.open(whole ? input.requests : input.texts)) {
      StringBuilder line = new StringBuilder();
      while (lines.next(line)) {
        String text = line.toString();
        if (whole && text.isBlank()) {
          continue;
        }
        Verdict verdict;
        String id = "";
        if (whole) {
          RequestLine read = RequestLine.read(text, lines.place());
          id = read.id();
          verdict = screener.screen(read.request());
        } else {
          verdict = screener.screenText(field, text);
        }
        print(lines.number(), id, verdict);
        counts.merge(verdict.outcome(), 1, Integer::sum);
        all++;
      }
    }
    int passed = counts.getOrDefault(Verdict.Outcome.PASS, 0);
    terminal.say(all - passed + " of " + all + " refused " + counts);
    return passed == all ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void print(long line, String id, Verdict verdict) {
    ObjectNode root = JSON.createObjectNode();
    root.put("line", line);
    if (!id.isEmpty()) {
      root.put("id", id);
    }
    root.put("outcome", verdict.outcome().name());
    root.put("score", verdict.score());
    ArrayNode findings = root.putArray("findings");
    for (Finding finding : verdict.findings()) {
      ObjectNode one = findings.addObject();
      one.put("rule", finding.rule());
      one.put("category", finding.category().name());
      one.put("score", finding.score());
      one.put("part", finding.part().name());
      one.put("field", finding.field());
      one.put("offset", finding.offset());
    }
    terminal.out().print(JSON.writeValueAsString(root) + "\n");
  }
}
