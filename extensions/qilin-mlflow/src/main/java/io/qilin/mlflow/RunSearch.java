package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Page;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One search. The server filters, sorts and pages; what it gives is looked at once more, so that the answer is exact.
 *
 * <p>An order by a metric has two parts: the runs of which it is known, by its value, and then the others, by when they began. Where
 * a run has {@link LatePoints} of a metric that is asked for, the server does not know its last value: then all runs that may match
 * are read and sorted here.
 */
final class RunSearch {
  private static final int MOST_IN_MEMORY = 50_000;
  private static final int MOST_PAGES = 100_000;
  private static final int FULL_PAGE = 1_000;
  private static final String BY_START = "attributes.start_time";
  private static final String BY_REGISTRATION = "tags.`" + Words.REGISTERED + "`";

  private final MlflowApi api;
  private final RunReader reader;
  private final RunQuery query;
  private final String asked;

  /** A run with what is needed to sort it. */
  private record Found(Run run, String registered) {}

  /** A part of the order: how the server sorts it, and which runs belong to it. */
  private record Part(List<String> order, Predicate<Run> member) {}

  RunSearch(MlflowApi api, RunReader reader, RunQuery query) {
    this.api = api;
    this.reader = reader;
    this.query = query;
    this.asked = query.experiments() + "|" + query.conditions() + "|" + query.view() + "|"
        + query.order() + "|" + query.size();
  }

  Page<Run> page() {
    Optional<PlaceToken> after =
        query.after().map(text -> PlaceToken.parse(text, PageMark.parse(asked, text)));
    boolean here =
        after.map(PlaceToken::inMemory).orElseGet(() -> metrics().stream().anyMatch(this::isLate));
    return here
        ? pageHere(after.map(PlaceToken::skip).orElse(0))
        : pageThere(after.orElse(PlaceToken.START));
  }

  private Set<String> metrics() {
    Set<String> keys = new TreeSet<>();
    query.order().metric().ifPresent(keys::add);
    for (RunCondition condition : query.conditions()) {
      condition
          .fold(
              metric -> Optional.of(metric.key()),
              text -> Optional.<String>empty(),
              start -> Optional.<String>empty())
          .ifPresent(keys::add);
    }
    return keys;
  }

  private boolean isLate(String key) {
    ObjectNode body = body("metrics.`" + LatePoints.timesOf(key) + "` >= 0", 1, List.of());
    return !Json.items(api.post("runs/search", body), "runs").isEmpty();
  }

  private ObjectNode body(String filter, int size, List<String> order) {
    ObjectNode body = Json.object()
        .put("max_results", size)
        .put("run_view_type", Experiments.viewType(query.view()));
    query.experiments().forEach(body.putArray("experiment_ids")::add);
    if (!filter.isEmpty()) {
      body.put("filter", filter);
    }
    if (!order.isEmpty()) {
      order.forEach(body.putArray("order_by")::add);
    }
    return body;
  }

  private Found found(JsonNode json) {
    RunDocument document = RunDocument.read(json);
    return new Found(reader.read(document), document.tag(Words.REGISTERED));
  }

  private List<Part> parts() {
    String way = query.order().descending() ? " DESC" : " ASC";
    List<String> byStart = List.of(BY_START + way, BY_REGISTRATION + way);
    if (query.order().metric().isEmpty()) {
      return List.of(new Part(byStart, run -> true));
    }
    String key = query.order().metric().get();
    return List.of(
        new Part(
            List.of("metrics.`" + key + "`" + way, BY_REGISTRATION + way),
            run -> !Double.isNaN(run.metric(key))),
        new Part(byStart, run -> Double.isNaN(run.metric(key))));
  }

  private Page<Run> pageThere(PlaceToken from) {
    List<Part> parts = parts();
    List<Run> items = new ArrayList<>();
    PlaceToken at = from;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      if (at.part() >= parts.size()) {
        return new Page<>(items, Optional.empty());
      }
      Part part = parts.get(at.part());
      ObjectNode body = body(ConditionText.filter(query.conditions()), query.size(), part.order());
      if (!at.token().isEmpty()) {
        body.put("page_token", at.token());
      }
      JsonNode answer = api.post("runs/search", body);
      List<JsonNode> runs = Json.items(answer, "runs");
      for (int i = at.skip(); i < runs.size(); i++) {
        Run run = found(runs.get(i)).run();
        if (part.member().test(run) && RunMatch.meets(run, query.conditions())) {
          if (items.size() == query.size()) {
            PlaceToken next = new PlaceToken(false, at.part(), i, at.token());
            return new Page<>(items, Optional.of(PageMark.text(asked, next.text())));
          }
          items.add(run);
        }
      }
      String next = nextToken(answer, at.token());
      at = next.isEmpty()
          ? new PlaceToken(false, at.part() + 1, 0, "")
          : new PlaceToken(false, at.part(), 0, next);
    }
    throw tooMany(MOST_PAGES + " pages");
  }

  private Page<Run> pageHere(int from) {
    List<RunCondition> sent = query.conditions().stream()
        .filter(condition -> condition.fold(metric -> false, text -> true, start -> true))
        .toList();
    List<Found> all = new ArrayList<>();
    ObjectNode body = body(
        ConditionText.filter(sent),
        FULL_PAGE,
        List.of(BY_START + " ASC", BY_REGISTRATION + " ASC"));
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode answer = api.post("runs/search", body);
      for (JsonNode run : Json.items(answer, "runs")) {
        Found one = found(run);
        if (RunMatch.meets(one.run(), query.conditions())) {
          all.add(one);
        }
      }
      if (all.size() > MOST_IN_MEMORY) {
        throw tooMany(MOST_IN_MEMORY + " runs");
      }
      String next = nextToken(answer, Json.text(body, "page_token"));
      if (next.isEmpty()) {
        return sorted(all, from);
      }
      body.put("page_token", next);
    }
    throw tooMany(MOST_PAGES + " pages");
  }

  private static String nextToken(JsonNode answer, String token) {
    String next = Json.text(answer, "next_page_token");
    if (!next.isEmpty() && next.equals(token)) {
      throw Json.strange("the pages of runs/search do not end");
    }
    return next;
  }

  private Page<Run> sorted(List<Found> all, int from) {
    all.sort(order());
    int to = Math.min(all.size(), from + query.size());
    List<Run> items =
        from >= to ? List.of() : all.subList(from, to).stream().map(Found::run).toList();
    return new Page<>(
        items,
        to < all.size()
            ? Optional.of(PageMark.text(asked, new PlaceToken(true, 0, to, "").text()))
            : Optional.empty());
  }

  private Comparator<Found> order() {
    Comparator<Found> byStart = Comparator.comparing(
            (Found found) -> found.run().started())
        .thenComparing(Found::registered);
    Comparator<Found> started = query.order().descending() ? byStart.reversed() : byStart;
    if (query.order().metric().isEmpty()) {
      return started;
    }
    String key = query.order().metric().get();
    Comparator<Found> byValue = Comparator.comparingDouble(
            (Found found) -> found.run().metric(key))
        .thenComparing(Found::registered);
    Comparator<Found> valued = query.order().descending() ? byValue.reversed() : byValue;
    return (one, other) -> {
      boolean unknown = Double.isNaN(one.run().metric(key));
      boolean otherUnknown = Double.isNaN(other.run().metric(key));
      if (unknown != otherUnknown) {
        return unknown ? 1 : -1;
      }
      return (unknown ? started : valued).compare(one, other);
    };
  }

  private static QilinException tooMany(String what) {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        "this search would have to look at more than " + what + "; narrow its conditions");
  }
}
