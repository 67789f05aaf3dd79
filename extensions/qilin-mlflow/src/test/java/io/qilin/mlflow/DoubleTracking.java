package io.qilin.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Experiments, runs and files of the double. One lock, as one database. */
final class DoubleTracking {
  static final int MOST_PARAM = 6_000;
  static final int MOST_TAG = 8_000;

  /** A point as an SQL store keeps it. */
  record Point(double value, boolean nan, long timestamp, long step) {
    static final Comparator<Point> LATEST = Comparator.comparingLong(Point::step)
        .thenComparingLong(Point::timestamp)
        .thenComparingDouble(Point::value);
  }

  static final class Experiment {
    final String id;
    String name;
    final Map<String, String> tags = new LinkedHashMap<>();
    boolean deleted;
    final long created;

    Experiment(String id, String name, long created) {
      this.id = id;
      this.name = name;
      this.created = created;
    }
  }

  static final class Run {
    final String id;
    final Experiment experiment;
    String name = "";
    String user = "";
    String status = "RUNNING";
    long start;
    Long end;
    boolean deleted;
    final Map<String, String> params = new TreeMap<>();
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, List<Point>> metrics = new TreeMap<>();

    Run(String id, Experiment experiment) {
      this.id = id;
      this.experiment = experiment;
    }

    Point latest(String key) {
      List<Point> points = metrics.get(key);
      return points == null ? null : points.stream().max(Point.LATEST).orElseThrow();
    }

    String root() {
      return experiment.id + "/" + id + "/artifacts";
    }
  }

  private final Map<String, Experiment> experiments = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, Function<JsonNode, ObjectNode>> calls = new TreeMap<>();
  private long ticks = 1_700_000_000_000L;

  DoubleTracking() {
    Experiment first = new Experiment("0", "Default", tick());
    experiments.put("0", first);
    calls.put("POST experiments/create", this::createExperiment);
    calls.put("GET experiments/get", asked -> wrapped(experiment(asked)));
    calls.put("GET experiments/get-by-name", this::byName);
    calls.put("POST experiments/search", this::searchExperiments);
    calls.put("POST experiments/delete", asked -> putAway(experiment(asked), true));
    calls.put("POST experiments/restore", asked -> putAway(experiment(asked), false));
    calls.put("POST runs/create", this::createRun);
    calls.put("POST runs/update", this::updateRun);
    calls.put("GET runs/get", asked -> wrapped("run", json(run(asked))));
    calls.put("POST runs/log-batch", this::logBatch);
    calls.put("POST runs/set-tag", this::setTag);
    calls.put("POST runs/delete", asked -> {
      open(asked).deleted = true;
      return Json.object();
    });
    calls.put("POST runs/restore", asked -> {
      run(asked).deleted = false;
      return Json.object();
    });
    calls.put("POST runs/search", this::searchRuns);
    calls.put("GET metrics/get-history", this::history);
    calls.put("GET artifacts/list", this::list);
  }

  private long tick() {
    return ticks++;
  }

  boolean knows(String call) {
    return calls.containsKey("GET " + call) || calls.containsKey("POST " + call);
  }

  synchronized Optional<JsonNode> call(String method, String call, JsonNode asked) {
    Function<JsonNode, ObjectNode> known = calls.get(method + " " + call);
    return known == null ? Optional.empty() : Optional.of(known.apply(asked));
  }

  synchronized Run find(String id) {
    Run run = runs.get(id);
    if (run == null) {
      throw DoubleRefusal.unknown("Run with id=" + id + " not found");
    }
    return run;
  }

  private Experiment experiment(JsonNode asked) {
    String id = DoubleRefusal.text(asked, "experiment_id");
    Experiment experiment = experiments.get(id);
    if (experiment == null) {
      throw DoubleRefusal.unknown("No Experiment with id=" + id + " exists");
    }
    return experiment;
  }

  private Run run(JsonNode asked) {
    return find(DoubleRefusal.text(asked, "run_id"));
  }

  private Run open(JsonNode asked) {
    Run run = run(asked);
    if (run.deleted) {
      throw DoubleRefusal.invalid(
          "The run " + run.id + " must be in the 'active' state. Current state is deleted.");
    }
    return run;
  }

  private ObjectNode createExperiment(JsonNode asked) {
    String name = DoubleRefusal.text(asked, "name");
    if (experiments.values().stream().anyMatch(other -> other.name.equals(name))) {
      throw DoubleRefusal.exists("Experiment(name=" + name + ") already exists.");
    }
    Experiment made = new Experiment(String.valueOf(experiments.size()), name, tick());
    tags(asked, made.tags, 5_000, true);
    experiments.put(made.id, made);
    return Json.object().put("experiment_id", made.id);
  }

  static void tags(JsonNode asked, Map<String, String> to, int most, boolean refuse) {
    for (JsonNode tag : asked.path("tags")) {
      String value = DoubleRefusal.text(tag, "value");
      if (value.length() > most && refuse) {
        throw DoubleRefusal.invalid("Tag value exceeds the maximum length of " + most);
      }
      to.put(DoubleRefusal.key(tag), value.substring(0, Math.min(most, value.length())));
    }
  }

  private ObjectNode byName(JsonNode asked) {
    String name = DoubleRefusal.text(asked, "experiment_name");
    return experiments.values().stream()
        .filter(experiment -> experiment.name.equals(name))
        .findFirst()
        .map(DoubleTracking::wrapped)
        .orElseThrow(
            () -> DoubleRefusal.unknown("Could not find experiment with name '" + name + "'"));
  }

  private static ObjectNode wrapped(Experiment experiment) {
    return wrapped("experiment", json(experiment));
  }

  private static ObjectNode wrapped(String name, ObjectNode node) {
    ObjectNode outer = Json.object();
    outer.set(name, node);
    return outer;
  }

  private static ObjectNode json(Experiment experiment) {
    ObjectNode json = Json.object()
        .put("experiment_id", experiment.id)
        .put("name", experiment.name)
        .put("artifact_location", "mlflow-artifacts:/" + experiment.id)
        .put("lifecycle_stage", experiment.deleted ? "deleted" : "active")
        .put("creation_time", experiment.created)
        .put("last_update_time", experiment.created);
    pairs(json, "tags", experiment.tags);
    return json;
  }

  static void pairs(ObjectNode json, String name, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      ArrayNode list = json.putArray(name);
      pairs.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
    }
  }

  private ObjectNode putAway(Experiment experiment, boolean deleted) {
    if (experiment.deleted == deleted) {
      throw DoubleRefusal.invalid("Experiment " + experiment.id + " is in the state already");
    }
    experiment.deleted = deleted;
    runs.values().stream()
        .filter(run -> run.experiment == experiment)
        .forEach(run -> run.deleted = deleted);
    return Json.object();
  }

  private ObjectNode searchExperiments(JsonNode asked) {
    String view = viewType(asked, "view_type");
    List<Experiment> found = experiments.values().stream()
        .filter(experiment -> seen(view, experiment.deleted))
        .toList();
    return page(
        asked,
        50_000,
        1_000,
        "experiments",
        found.stream().map(DoubleTracking::json).toList());
  }

  private static String viewType(JsonNode asked, String name) {
    String view = DoubleRefusal.optional(asked, name);
    if (!Set.of("", "ACTIVE_ONLY", "DELETED_ONLY", "ALL").contains(view)) {
      throw DoubleRefusal.invalid("Invalid value for parameter '" + name + "' supplied.");
    }
    return view;
  }

  private static boolean seen(String view, boolean deleted) {
    return view.equals("ALL") || deleted == view.equals("DELETED_ONLY");
  }

  /** A page, with the token of the next unless it is the last; an empty list is left out. */
  static ObjectNode page(
      JsonNode asked, long most, long unlessSet, String name, List<ObjectNode> all) {
    long size = DoubleRefusal.whole(asked, "max_results", unlessSet);
    if (size < 1 || size > most) {
      throw DoubleRefusal.invalid(
          "Invalid value " + size + " for parameter 'max_results' supplied.");
    }
    String token = DoubleRefusal.optional(asked, "page_token");
    int from = 0;
    if (!token.isEmpty()) {
      try {
        String offset = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        from = Integer.parseInt(offset.replaceAll("\\D", ""));
      } catch (IllegalArgumentException e) {
        throw DoubleRefusal.invalid("Invalid page token, could not base64-decode");
      }
    }
    int to = (int) Math.min(all.size(), from + size);
    ObjectNode page = Json.object();
    if (from < to) {
      ArrayNode list = page.putArray(name);
      all.subList(from, to).forEach(list::add);
    }
    if (to < all.size()) {
      String next = "{\"offset\": " + to + "}";
      page.put(
          "next_page_token",
          Base64.getUrlEncoder().encodeToString(next.getBytes(StandardCharsets.UTF_8)));
    }
    return page;
  }

  private ObjectNode createRun(JsonNode asked) {
    Experiment experiment = experiment(asked);
    if (experiment.deleted) {
      throw DoubleRefusal.invalid(
          "The experiment " + experiment.id + " must be in the 'active' state.");
    }
    Run run = new Run(Digests.of("run" + tick()).substring(0, 32), experiment);
    run.start = DoubleRefusal.whole(asked, "start_time", 0);
    run.user = DoubleRefusal.optional(asked, "user_id");
    tags(asked, run.tags, MOST_TAG, false);
    String name = DoubleRefusal.optional(asked, "run_name");
    run.name = name.isEmpty()
        ? run.tags.getOrDefault("mlflow.runName", "bold-crane-" + runs.size())
        : name;
    if (run.name.length() > 250) {
      throw DoubleRefusal.invalid("run_name is too long");
    }
    run.tags.put("mlflow.runName", run.name);
    runs.put(run.id, run);
    return wrapped("run", json(run));
  }

  private ObjectNode updateRun(JsonNode asked) {
    Run run = open(asked);
    String status = DoubleRefusal.optional(asked, "status");
    if (Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED").contains(status)) {
      run.status = status;
    }
    if (asked.hasNonNull("end_time")) {
      run.end = DoubleRefusal.whole(asked, "end_time");
    }
    return wrapped("run_info", info(run));
  }

  private static ObjectNode info(Run run) {
    ObjectNode info = Json.object()
        .put("run_id", run.id)
        .put("run_uuid", run.id)
        .put("experiment_id", run.experiment.id)
        .put("run_name", run.name)
        .put("user_id", run.user)
        .put("status", run.status)
        .put("start_time", run.start)
        .put("artifact_uri", "mlflow-artifacts:/" + run.root())
        .put("lifecycle_stage", run.deleted ? "deleted" : "active");
    if (run.end != null) {
      info.put("end_time", run.end.longValue());
    }
    return info;
  }

  private static ObjectNode json(Run run) {
    ObjectNode json = Json.object();
    json.set("info", info(run));
    ObjectNode data = json.putObject("data");
    if (!run.metrics.isEmpty()) {
      ArrayNode list = data.putArray("metrics");
      run.metrics.keySet().forEach(key -> list.add(json(key, run.latest(key))));
    }
    pairs(data, "params", run.params);
    pairs(data, "tags", run.tags);
    return json;
  }

  private static ObjectNode json(String key, Point point) {
    ObjectNode json = Json.object().put("key", key);
    if (point.nan()) {
      json.put("value", "NaN");
    } else {
      json.put("value", point.value());
    }
    return json.put("timestamp", point.timestamp()).put("step", point.step());
  }

  private ObjectNode setTag(JsonNode asked) {
    Run run = open(asked);
    String value = DoubleRefusal.text(asked, "value");
    run.tags.put(DoubleRefusal.key(asked), value.substring(0, Math.min(MOST_TAG, value.length())));
    return Json.object();
  }

  private ObjectNode logBatch(JsonNode asked) {
    Run run = open(asked);
    int metrics = asked.path("metrics").size();
    int params = asked.path("params").size();
    int tags = asked.path("tags").size();
    most("metrics", metrics, 1_000);
    most("params", params, 100);
    most("tags", tags, 100);
    most("params, tags and metrics", metrics + params + tags, 1_000);
    Map<String, String> newParams = new LinkedHashMap<>();
    for (JsonNode param : asked.path("params")) {
      String key = DoubleRefusal.key(param);
      String value = DoubleRefusal.text(param, "value");
      String kept = value.substring(0, Math.min(MOST_PARAM, value.length()));
      if (newParams.put(key, kept) != null) {
        throw DoubleRefusal.invalid("Duplicate parameter keys have been submitted: " + key);
      }
      if (!run.params.getOrDefault(key, kept).equals(kept)) {
        throw DoubleRefusal.invalid(
            "Changing param values is not allowed. Param with key='" + key + "'");
      }
    }
    Map<String, String> newTags = new LinkedHashMap<>();
    tags(asked, newTags, MOST_TAG, false);
    List<Map.Entry<String, Point>> points = new ArrayList<>();
    for (JsonNode metric : asked.path("metrics")) {
      points.add(Map.entry(DoubleRefusal.key(metric), point(metric)));
    }
    run.params.putAll(newParams);
    run.tags.putAll(newTags);
    for (Map.Entry<String, Point> point : points) {
      List<Point> there = run.metrics.computeIfAbsent(point.getKey(), key -> new ArrayList<>());
      // The primary key of the table is the whole point.
      if (!there.contains(point.getValue())) {
        there.add(point.getValue());
      }
    }
    return Json.object();
  }

  private static void most(String what, int size, int most) {
    if (size > most) {
      throw DoubleRefusal.invalid(
          "A batch logging request can contain at most " + most + " " + what + ". Got " + size + " "
              + what + ". Please split up " + what + " across multiple requests and try again.");
    }
  }

  private static Point point(JsonNode metric) {
    JsonNode value = metric.path("value");
    double number = value.isNumber() ? value.doubleValue() : special(value);
    boolean nan = Double.isNaN(number);
    double kept = nan ? 0 : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
    return new Point(
        kept,
        nan,
        DoubleRefusal.whole(metric, "timestamp"),
        DoubleRefusal.whole(metric, "step", 0));
  }

  private static double special(JsonNode value) {
    if (value.isString() && Set.of("NaN", "Infinity", "-Infinity").contains(value.asString())) {
      return Double.parseDouble(value.asString());
    }
    throw DoubleRefusal.invalid("Invalid value for parameter 'value' supplied.");
  }

  private ObjectNode searchRuns(JsonNode asked) {
    Set<String> ids = new HashSet<>();
    for (JsonNode id : asked.path("experiment_ids")) {
      if (!id.isString()) {
        throw DoubleRefusal.invalid("Invalid value for parameter 'experiment_ids' supplied.");
      }
      ids.add(id.asString());
    }
    String view = viewType(asked, "run_view_type");
    DoubleFilter filter = new DoubleFilter(DoubleRefusal.optional(asked, "filter"));
    List<String> order = new ArrayList<>();
    asked.path("order_by").forEach(by -> order.add(by.asString()));
    List<ObjectNode> found = runs.values().stream()
        .filter(run -> ids.contains(run.experiment.id) && seen(view, run.deleted))
        .filter(filter::meets)
        .sorted(DoubleFilter.order(order))
        .map(DoubleTracking::json)
        .toList();
    return page(asked, 50_000, 1_000, "runs", found);
  }

  private ObjectNode history(JsonNode asked) {
    Run run = run(asked);
    String key = DoubleRefusal.text(asked, "metric_key");
    List<ObjectNode> points = run.metrics.getOrDefault(key, List.of()).stream()
        .sorted(Comparator.comparingLong(Point::timestamp)
            .thenComparingLong(Point::step)
            .thenComparingDouble(Point::value))
        .map(point -> json(key, point))
        .toList();
    return page(asked, Integer.MAX_VALUE, Integer.MAX_VALUE, "metrics", points);
  }

  private ObjectNode list(JsonNode asked) {
    Run run = run(asked);
    String path = DoubleRefusal.optional(asked, "path");
    if (List.of(path.split("/", -1)).contains("..")) {
      throw DoubleRefusal.invalid("Invalid path");
    }
    String root = run.root() + "/";
    String folder = path.isEmpty() ? root : root + path + "/";
    Map<String, Integer> found = new TreeMap<>();
    files.forEach((file, content) -> {
      if (file.startsWith(folder)) {
        int slash = file.indexOf('/', folder.length());
        found.put(
            file.substring(root.length(), slash < 0 ? file.length() : slash),
            slash < 0 ? content.length : -1);
      }
    });
    ObjectNode json = Json.object().put("root_uri", "mlflow-artifacts:/" + run.root());
    if (!found.isEmpty()) {
      ArrayNode list = json.putArray("files");
      found.forEach((file, size) -> {
        ObjectNode one = list.addObject().put("path", file).put("is_dir", size < 0);
        if (size >= 0) {
          one.put("file_size", size.intValue());
        }
      });
    }
    return json;
  }

  synchronized DoubleReply file(String method, String path, byte[] body) {
    if (List.of(path.split("/", -1)).contains("..")
        || path.indexOf('#') >= 0
        || path.indexOf('\\') >= 0) {
      return DoubleReply.error(400, "INVALID_PARAMETER_VALUE", "Invalid path");
    }
    byte[] there = files.get(path);
    switch (method) {
      case "PUT":
        files.put(path, body);
        return DoubleReply.json(Json.object());
      case "GET":
        return there == null
            ? DoubleReply.error(500, "INTERNAL_ERROR", "No such file: '/srv/" + path + "'")
            : new DoubleReply(200, "application/octet-stream", there);
      case "DELETE":
        files.remove(path);
        return DoubleReply.json(Json.object());
      default:
        return DoubleReply.html(405, "Method Not Allowed");
    }
  }

  synchronized void lose(String end) {
    files.keySet().removeIf(path -> path.endsWith(end));
  }

  synchronized void damage(String end) {
    files.replaceAll((path, content) -> {
      if (!path.endsWith(end)) {
        return content;
      }
      byte[] other = content.clone();
      other[0] ^= 1;
      return other;
    });
  }
}
