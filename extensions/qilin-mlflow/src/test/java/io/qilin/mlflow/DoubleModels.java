package io.qilin.mlflow;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Registered models of the double. */
final class DoubleModels {
  private static final Pattern BY_NAME = Pattern.compile("name\\s*=\\s*'([^']*)'");
  private static final Pattern ALIAS = Pattern.compile("[\\w-]{1,255}");

  private static final class Version {
    final Model model;
    final int number;
    String description = "";
    String source = "";
    String run = "";
    String stage = "None";
    final Map<String, String> tags = new TreeMap<>();
    long created;

    Version(Model model, int number) {
      this.model = model;
      this.number = number;
    }
  }

  private static final class Model {
    final String name;
    String description = "";
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, Integer> aliases = new TreeMap<>();
    final Map<Integer, Version> versions = new TreeMap<>();
    int last;
    long created;

    Model(String name) {
      this.name = name;
    }
  }

  private final DoubleTracking tracking;
  private final Map<String, Model> models = new LinkedHashMap<>();
  private final Map<String, Function<JsonNode, ObjectNode>> calls = new TreeMap<>();
  private long ticks = 1_700_000_000_000L;

  DoubleModels(DoubleTracking tracking) {
    this.tracking = tracking;
    calls.put("POST registered-models/create", this::create);
    calls.put(
        "GET registered-models/get", asked -> wrapped("registered_model", json(model(asked))));
    calls.put("GET registered-models/search", this::search);
    calls.put("POST registered-models/set-tag", asked -> {
      model(asked).tags.put(DoubleRefusal.key(asked), shortEnough(asked));
      return Json.object();
    });
    calls.put("POST registered-models/alias", this::setAlias);
    calls.put("DELETE registered-models/alias", asked -> {
      model(asked).aliases.remove(DoubleRefusal.text(asked, "alias"));
      return Json.object();
    });
    calls.put("GET registered-models/alias", this::byAlias);
    calls.put("POST model-versions/create", this::createVersion);
    calls.put("GET model-versions/get", asked -> wrapped("model_version", json(version(asked))));
    calls.put("GET model-versions/search", this::searchVersions);
    calls.put("POST model-versions/set-tag", asked -> {
      version(asked).tags.put(DoubleRefusal.key(asked), shortEnough(asked));
      return Json.object();
    });
    calls.put("DELETE model-versions/delete", this::deleteVersion);
  }

  boolean knows(String call) {
    return Stream.of("GET ", "POST ", "DELETE ", "PATCH ")
        .anyMatch(method -> calls.containsKey(method + call));
  }

  synchronized Optional<JsonNode> call(String method, String call, JsonNode asked) {
    Function<JsonNode, ObjectNode> known = calls.get(method + " " + call);
    return known == null ? Optional.empty() : Optional.of(known.apply(asked));
  }

  private static String shortEnough(JsonNode asked) {
    String value = DoubleRefusal.text(asked, "value");
    if (value.length() > 5_000) {
      throw DoubleRefusal.invalid("'value' exceeds the maximum length of 5000 characters");
    }
    return value;
  }

  private Model model(JsonNode asked) {
    String name = DoubleRefusal.text(asked, "name");
    Model model = models.get(name);
    if (model == null) {
      throw DoubleRefusal.unknown("Registered Model with name=" + name + " not found");
    }
    return model;
  }

  private Version version(JsonNode asked) {
    Model model = model(asked);
    String number = DoubleRefusal.text(asked, "version");
    if (!number.matches("[0-9]{1,9}")) {
      throw DoubleRefusal.invalid("Parameter 'version' must be an integer, got '" + number + "'.");
    }
    Version version = model.versions.get(Integer.parseInt(number));
    if (version == null) {
      throw DoubleRefusal.unknown(
          "Model Version (name=" + model.name + ", version=" + number + ") not found");
    }
    return version;
  }

  private ObjectNode create(JsonNode asked) {
    Model model = new Model(DoubleRefusal.text(asked, "name"));
    if (models.containsKey(model.name)) {
      throw DoubleRefusal.exists("Registered Model (name=" + model.name + ") already exists.");
    }
    model.description = DoubleRefusal.optional(asked, "description");
    DoubleTracking.tags(asked, model.tags, 5_000, true);
    model.created = ticks++;
    models.put(model.name, model);
    return wrapped("registered_model", json(model));
  }

  private ObjectNode search(JsonNode asked) {
    if (!DoubleRefusal.optional(asked, "filter").isEmpty()) {
      throw DoubleRefusal.invalid("this double filters no models");
    }
    List<ObjectNode> all = models.values().stream()
        .sorted(Comparator.comparing((Model model) -> model.name))
        .map(DoubleModels::json)
        .toList();
    return DoubleTracking.page(asked, 1_000, 100, "registered_models", all);
  }

  private ObjectNode setAlias(JsonNode asked) {
    Version version = version(asked);
    String alias = DoubleRefusal.text(asked, "alias");
    if (!ALIAS.matcher(alias).matches()
        || alias.equalsIgnoreCase("latest")
        || alias.matches("[vV][0-9]+")) {
      throw DoubleRefusal.invalid("Invalid alias name: '" + alias + "'");
    }
    version.model.aliases.put(alias, version.number);
    return Json.object();
  }

  private ObjectNode byAlias(JsonNode asked) {
    Model model = model(asked);
    String alias = DoubleRefusal.text(asked, "alias");
    Integer number = model.aliases.get(alias);
    if (number == null) {
      throw DoubleRefusal.invalid("Registered model alias " + alias + " not found.");
    }
    return wrapped("model_version", json(model.versions.get(number)));
  }

  private ObjectNode createVersion(JsonNode asked) {
    Model model = model(asked);
    String source = DoubleRefusal.text(asked, "source");
    String run = DoubleRefusal.optional(asked, "run_id");
    if (!run.isEmpty()) {
      tracking.find(run);
    }
    if (!source.matches("[a-z0-9-]+:/.*") || source.startsWith("file:") || source.contains("..")) {
      throw DoubleRefusal.invalid("Invalid model version source: '" + source + "'.");
    }
    Version version = new Version(model, model.last + 1);
    version.source = source;
    version.run = run;
    version.description = DoubleRefusal.optional(asked, "description");
    if (version.description.length() > 5_000) {
      throw DoubleRefusal.invalid("description is too long");
    }
    DoubleTracking.tags(asked, version.tags, 5_000, true);
    version.created = ticks++;
    model.last++;
    model.versions.put(version.number, version);
    return wrapped("model_version", json(version));
  }

  private ObjectNode searchVersions(JsonNode asked) {
    Matcher filter = BY_NAME.matcher(DoubleRefusal.optional(asked, "filter"));
    if (!filter.matches()) {
      throw DoubleRefusal.invalid("Invalid filter");
    }
    Model model = models.get(filter.group(1));
    List<ObjectNode> all = model == null
        ? List.of()
        : model.versions.values().stream().map(DoubleModels::json).toList();
    return DoubleTracking.page(asked, 200_000, 10_000, "model_versions", all);
  }

  private ObjectNode deleteVersion(JsonNode asked) {
    Version version = version(asked);
    version.model.versions.remove(version.number);
    version.model.aliases.values().removeAll(Set.of(version.number));
    return Json.object();
  }

  private static ObjectNode wrapped(String name, ObjectNode node) {
    ObjectNode outer = Json.object();
    outer.set(name, node);
    return outer;
  }

  private static ObjectNode json(Model model) {
    ObjectNode json = Json.object()
        .put("name", model.name)
        .put("creation_timestamp", model.created)
        .put("last_updated_timestamp", model.created)
        .put("description", model.description);
    DoubleTracking.pairs(json, "tags", model.tags);
    if (!model.aliases.isEmpty()) {
      ArrayNode aliases = json.putArray("aliases");
      model.aliases.forEach((alias, version) ->
          aliases.addObject().put("alias", alias).put("version", String.valueOf(version)));
    }
    return json;
  }

  private static ObjectNode json(Version version) {
    ObjectNode json = Json.object()
        .put("name", version.model.name)
        .put("version", String.valueOf(version.number))
        .put("creation_timestamp", version.created)
        .put("last_updated_timestamp", version.created)
        .put("current_stage", version.stage)
        .put("description", version.description)
        .put("source", version.source)
        .put("run_id", version.run)
        .put("status", "READY")
        .put("run_link", "");
    DoubleTracking.pairs(json, "tags", version.tags);
    List<String> aliases = version.model.aliases.entrySet().stream()
        .filter(alias -> alias.getValue() == version.number)
        .map(Map.Entry::getKey)
        .toList();
    if (!aliases.isEmpty()) {
      aliases.forEach(json.putArray("aliases")::add);
    }
    return json;
  }
}
