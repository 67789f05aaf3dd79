package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.Page;
import io.qilin.api.model.RunQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Experiments of a server. */
final class Experiments {
  private static final int MOST_TAG = 5_000;
  private static final String PAGE = "experiments";

  private final MlflowApi api;
  private final Tokens tokens;

  Experiments(MlflowServer server) {
    api = server.api();
    tokens = server.tokens();
  }

  Experiment create(String name, Map<String, String> tags) {
    Experiment wanted =
        new Experiment("", Experiment.requireName(name), Instant.EPOCH, false, tags);
    Words.requireFree(wanted.tags());
    String token = tokens.fresh();
    ObjectNode body = Json.object().put("name", name);
    var list = body.putArray("tags");
    wanted.tags().forEach((key, value) -> {
      if (value.length() > MOST_TAG) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            "the tag " + QilinException.quote(key) + " has " + value.length()
                + " characters, MLflow keeps at most " + MOST_TAG + " of an experiment's");
      }
      list.addObject().put("key", key).put("value", value);
    });
    list.addObject().put("key", Words.TOKEN).put("value", token);
    JsonNode made = api.create(
        "experiments/create",
        body,
        () -> rawByName(name)
            .filter(found -> tag(found, Words.TOKEN).equals(token))
            .map(found -> Json.object().put("experiment_id", Json.text(found, "experiment_id"))));
    return read(raw(Json.filled(made, "experiment_id")));
  }

  Optional<Experiment> byName(String name) {
    return rawByName(Experiment.requireName(name)).map(Experiments::read);
  }

  private Optional<JsonNode> rawByName(String name) {
    return api.find("experiments/get-by-name", Map.of("experiment_name", name))
        .map(found -> Json.member(found, "experiment"));
  }

  Experiment byId(String id) {
    return read(raw(id));
  }

  private JsonNode raw(String id) {
    Words.requireExperiment(id);
    try {
      return Json.member(api.get("experiments/get", Map.of("experiment_id", id)), "experiment");
    } catch (QilinException e) {
      boolean unknown =
          e.code() == ErrorCode.DATA_NOT_FOUND || e.code() == ErrorCode.INVALID_ARGUMENT;
      throw unknown ? Words.noExperiment(id) : e;
    }
  }

  Page<Experiment> page(RunQuery.View view, int size, Optional<String> after) {
    Page.requireSize(size);
    ObjectNode body = Json.object().put("max_results", size).put("view_type", viewType(view));
    body.putArray("order_by").add("creation_time ASC").add("experiment_id ASC");
    after.ifPresent(token -> body.put("page_token", PageMark.parse(PAGE + view, token)));
    JsonNode found = api.post("experiments/search", body);
    List<Experiment> items = new ArrayList<>();
    Json.items(found, "experiments").forEach(item -> items.add(read(item)));
    String next = Json.text(found, "next_page_token");
    return new Page<>(
        items, next.isEmpty() ? Optional.empty() : Optional.of(PageMark.text(PAGE + view, next)));
  }

  static String viewType(RunQuery.View view) {
    return view == RunQuery.View.ACTIVE ? "ACTIVE_ONLY" : "DELETED_ONLY";
  }

  /** Puts away or takes out again; what is so already stays so, also when an attempt before had done it. */
  void setDeleted(String id, boolean deleted) {
    if (byId(id).deleted() == deleted) {
      return;
    }
    try {
      api.post(
          deleted ? "experiments/delete" : "experiments/restore",
          Json.object().put("experiment_id", id));
    } catch (QilinException e) {
      if (e.code() == ErrorCode.CANCELLED || byId(id).deleted() != deleted) {
        throw e;
      }
    }
  }

  private static Experiment read(JsonNode json) {
    Map<String, String> tags = new TreeMap<>();
    for (JsonNode tag : Json.items(json, "tags")) {
      String key = Json.text(tag, "key");
      if (!Words.isReserved(key) && RunReader.isKey(key)) {
        tags.put(key, Json.text(tag, "value"));
      }
    }
    return new Experiment(
        Json.filled(json, "experiment_id"),
        RunReader.line(Json.filled(json, "name")),
        RunReader.time(Json.whole(json, "creation_time")),
        Json.text(json, "lifecycle_stage").equals("deleted"),
        tags);
  }

  private static String tag(JsonNode json, String key) {
    return Json.items(json, "tags").stream()
        .filter(tag -> Json.text(tag, "key").equals(key))
        .map(tag -> Json.text(tag, "value"))
        .findFirst()
        .orElse("");
  }
}
