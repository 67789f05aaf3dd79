package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.source.DataCapability;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a spec from its file. */
final class SpecReader {
  private static final String[] FETCH = {
    "name",
    "method",
    "path",
    "constants",
    "params",
    "each",
    "format",
    "paging",
    "symbols-per-request",
    "days-per-request",
    "each-trading-day",
    "span",
    "date-pattern",
    "rate"
  };
  private static final String[] ENDPOINT = {
    "kind", "joins", "where", "columns", "published", "tolerated"
  };
  private static final String[] JOIN = {"join", "on", "foreign", "take"};

  private SpecReader() {}

  static RestSpec load(Path file) {
    return parse(SpecFile.read(file), String.valueOf(file.getFileName())).build();
  }

  static RestSpec.Builder parse(String text, String name) {
    SpecNode root = SpecFile.parse(text, name);
    RestSpec.Builder spec = root.make(() -> service(root));
    root.get("endpoints").list().forEach(node -> spec.endpoint(node.make(() -> endpoint(node))));
    root.make(spec::build);
    return spec;
  }

  private static RestSpec.Builder service(SpecNode root) {
    root.only(
        "id",
        "base",
        "plain-http",
        "method",
        "path",
        "headers",
        "body",
        "format",
        "failure",
        "symbols",
        "nulls",
        "rate",
        "retry",
        "limits",
        "endpoints");
    RestSpec.Builder spec = RestSpec.builder(root.get("id").text(), address(root.get("base")));
    root.find("plain-http").ifPresent(node -> spec.plainHttp(node.flag()));
    root.find("method").ifPresent(node -> spec.method(node.text()));
    root.find("path").ifPresent(node -> spec.path(node.text()));
    root.find("headers").ifPresent(node -> node.textMap().forEach(spec::header));
    root.find("body").ifPresent(node -> spec.body(node.tree()));
    root.find("format").ifPresent(node -> spec.format(node.make(() -> format(node))));
    root.find("failure").ifPresent(node -> spec.failure(node.make(() -> failure(node))));
    root.find("symbols").ifPresent(node -> spec.symbols(node.constant(SymbolForm.class)));
    root.find("nulls").ifPresent(node -> spec.nulls(Set.copyOf(node.texts())));
    root.find("rate").ifPresent(node -> spec.rate(node.make(() -> rate(node))));
    root.find("retry").ifPresent(node -> spec.retry(node.make(() -> retry(node))));
    root.find("limits").ifPresent(node -> spec.limits(node.make(() -> limits(node))));
    return spec;
  }

  static URI address(SpecNode node) {
    try {
      return new URI(node.text());
    } catch (URISyntaxException e) {
      throw node.wrong("this is no address; write for example https://api.example.com");
    }
  }

  private static AnswerFormat format(SpecNode node) {
    node.only("type", "charset", "rows", "fields", "separator");
    String type = node.find("type").map(SpecNode::text).orElse("json");
    if (!type.equals("json") && !type.equals("csv")) {
      throw node.wrong("the type is json or csv");
    }
    String separator = node.find("separator").map(SpecNode::text).orElse(",");
    if (separator.length() != 1) {
      throw node.wrong("the separator is one character");
    }
    return new AnswerFormat(
        type.equals("csv"),
        node.find("charset").map(SpecReader::charset).orElse(StandardCharsets.UTF_8),
        node.find("rows").map(SpecNode::text).orElse(""),
        node.find("fields").map(SpecNode::text),
        separator.charAt(0));
  }

  private static Charset charset(SpecNode node) {
    return switch (node.text().toUpperCase(Locale.ROOT)) {
      case "UTF-8" -> StandardCharsets.UTF_8;
      // Both are parts of GB18030.
      case "GBK", "GB2312", "GB18030" -> Charset.forName("GB18030");
      default -> throw node.wrong("the charset is UTF-8, GBK or GB18030");
    };
  }

  private static FailureFormat failure(SpecNode node) {
    node.only("code", "good", "message", "rules");
    List<ErrorRule> rules = new ArrayList<>();
    node.find("rules")
        .ifPresent(all -> all.list().forEach(rule -> {
          rule.only("codes", "holds", "as", "pause");
          rules.add(new ErrorRule(
              rule.find("codes").map(SpecNode::texts).orElse(List.of()),
              rule.find("holds").map(SpecNode::texts).orElse(List.of()),
              rule.get("as").constant(ErrorCode.class),
              rule.find("pause").map(SpecNode::time)));
        }));
    return new FailureFormat(
        node.get("code").text(),
        node.find("good").map(SpecNode::text),
        node.get("message").text(),
        rules);
  }

  private static RestRate rate(SpecNode node) {
    node.only("requests", "per");
    return new RestRate(node.get("requests").number(), node.get("per").time());
  }

  private static RestRetry retry(SpecNode node) {
    node.only("attempts", "first-wait", "longest-wait");
    RestRetry usual = RestRetry.DEFAULT;
    return new RestRetry(
        node.find("attempts").map(SpecNode::number).orElse(usual.attempts()),
        node.find("first-wait").map(SpecNode::time).orElse(usual.firstWait()),
        node.find("longest-wait").map(SpecNode::time).orElse(usual.longestWait()));
  }

  private static RestLimits limits(SpecNode node) {
    node.only("bytes", "rows", "columns", "requests", "request-time", "query-time");
    RestLimits usual = RestLimits.DEFAULT;
    Duration requestTime =
        node.find("request-time").map(SpecNode::time).orElse(usual.requestTime());
    return new RestLimits(
        node.find("bytes").map(SpecNode::number).orElse(usual.bytes()),
        node.find("rows").map(SpecNode::number).orElse(usual.rows()),
        node.find("columns").map(SpecNode::number).orElse(usual.columns()),
        node.find("requests").map(SpecNode::number).orElse(usual.requests()),
        requestTime,
        node.find("query-time").map(SpecNode::time).orElse(usual.queryTime()));
  }

  private static RestEndpoint endpoint(SpecNode node) {
    node.only(both(FETCH, ENDPOINT));
    RestEndpoint.Builder endpoint =
        RestEndpoint.builder(node.get("kind").constant(DataCapability.class), fetch(node));
    node.find("joins")
        .ifPresent(all -> all.list().forEach(join -> endpoint.join(join.make(() -> join(join)))));
    node.find("where")
        .ifPresent(all -> all.parts()
            .forEach((column, accepted) -> endpoint.where(column, Set.copyOf(accepted.texts()))));
    node.get("columns")
        .parts()
        .forEach((target, column) -> endpoint.column(target, column.make(() -> column(column))));
    node.find("published")
        .ifPresent(all -> all.list()
            .forEach(rule -> rule.parts()
                .forEach((name, from) -> endpoint.published(
                    new Publication(rule.constant(Publication.Rule.class, name), columns(from))))));
    node.find("tolerated").ifPresent(rows -> endpoint.tolerated(rows.number()));
    return endpoint.build();
  }

  /** Names of columns; an empty value is none. */
  private static List<String> columns(SpecNode node) {
    return node.texts().stream().filter(name -> !name.isEmpty()).toList();
  }

  private static RestJoin join(SpecNode node) {
    node.only(both(FETCH, JOIN));
    List<String> on = node.get("on").texts();
    return new RestJoin(
        node.get("join").constant(RestJoin.Kind.class),
        fetch(node),
        on,
        node.find("foreign").map(SpecNode::texts).orElse(on),
        node.get("take").texts());
  }

  private static RestFetch fetch(SpecNode node) {
    RestFetch.Builder fetch = RestFetch.builder(node.get("name").text());
    node.find("method").ifPresent(text -> fetch.method(text.text()));
    node.find("path").ifPresent(text -> fetch.path(text.text()));
    node.find("constants").ifPresent(all -> all.textMap().forEach(fetch::constant));
    node.find("params").ifPresent(all -> all.textMap().forEach(fetch::param));
    node.find("each")
        .ifPresent(all -> all.parts().forEach((name, values) -> fetch.each(name, values.texts())));
    node.find("format").ifPresent(is -> fetch.format(is.make(() -> format(is))));
    node.find("paging").ifPresent(is -> fetch.paging(is.make(() -> paging(is))));
    node.find("symbols-per-request").ifPresent(most -> fetch.symbolsPerRequest(most.number()));
    node.find("days-per-request").ifPresent(most -> fetch.daysPerRequest(most.number()));
    if (node.find("each-trading-day").map(SpecNode::flag).orElse(false)) {
      fetch.eachTradingDay();
    }
    node.find("span").ifPresent(is -> fetch.span(is.constant(RestFetch.Span.class)));
    node.find("date-pattern").ifPresent(text -> fetch.datePattern(text.text()));
    node.find("rate").ifPresent(is -> fetch.rate(is.make(() -> rate(is))));
    return fetch.build();
  }

  private static Paging paging(SpecNode node) {
    node.only("kind", "size", "first", "overlap", "until-empty", "more", "cursor");
    Paging.Kind kind = node.get("kind").constant(Paging.Kind.class);
    return new Paging(
        kind,
        node.find("size").map(SpecNode::number).orElse(kind == Paging.Kind.CURSOR ? 1 : 0),
        node.find("first").map(SpecNode::number).orElse(1),
        node.find("overlap").map(SpecNode::flag).orElse(kind == Paging.Kind.OFFSET),
        node.find("until-empty").map(SpecNode::flag).orElse(false),
        node.find("more").map(SpecNode::text),
        node.find("cursor").map(SpecNode::text));
  }

  private static RestColumn column(SpecNode node) {
    node.only(
        "text", "number", "flag", "date", "moment", "symbol", "unit", "pattern", "or", "cases");
    List<RestColumn.Kind> kinds = new ArrayList<>();
    for (RestColumn.Kind kind : RestColumn.Kind.values()) {
      if (node.find(kind.name().toLowerCase(Locale.ROOT)).isPresent()) {
        kinds.add(kind);
      }
    }
    if (kinds.size() != 1) {
      throw node.wrong("a value is one of text, number, flag, date, moment and symbol");
    }
    RestColumn.Kind kind = kinds.get(0);
    List<RestColumn.Case> cases = new ArrayList<>();
    node.find("cases").ifPresent(all -> all.list().forEach(one -> cases.add(oneCase(one))));
    Optional<String> constant = node.find("or").map(SpecNode::text);
    return new RestColumn(
        kind,
        columns(node.get(kind.name().toLowerCase(Locale.ROOT))),
        node.find("unit").map(unit -> unit.constant(RestUnit.class)).orElse(RestUnit.ONE),
        node.find("pattern").map(SpecNode::text),
        constant,
        cases);
  }

  private static RestColumn.Case oneCase(SpecNode node) {
    node.only("is", "starts", "ends", "holds", "then");
    for (RestColumn.Match match : RestColumn.Match.values()) {
      Optional<SpecNode> text = node.find(match.name().toLowerCase(Locale.ROOT));
      if (text.isPresent()) {
        return new RestColumn.Case(match, text.get().text(), node.get("then").text());
      }
    }
    throw node.wrong("a case has is, starts, ends or holds, and then");
  }

  private static String[] both(String[] some, String[] more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
