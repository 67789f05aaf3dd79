package io.qilin.restsource;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** TuShare Pro on this machine: its request and answer, and a few rows. It refuses every request that its documents do not allow. */
final class TushareDouble implements AutoCloseable {
  static final String TOKEN = "5f2c-test-token+/&=";
  static final JsonMapper JSON = JsonMapper.shared();

  /** One api: its columns, the parameters that it takes, and rows of them. */
  private record Api(
      List<String> columns,
      Set<String> params,
      Set<String> required,
      Optional<String> dateColumn,
      int most,
      List<List<Object>> rows) {}

  private final Map<String, Api> apis = new TreeMap<>();
  private final RestDouble server = new RestDouble(this::answer);
  private volatile int pageCap = Integer.MAX_VALUE;

  TushareDouble() {
    TushareRows.fill(this);
  }

  void api(
      String name,
      String columns,
      String params,
      String required,
      String date,
      int most,
      Object... cells) {
    List<String> names = List.of(columns.split(","));
    List<List<Object>> rows = new ArrayList<>();
    for (int at = 0; at < cells.length; at += names.size()) {
      rows.add(new ArrayList<>(Arrays.asList(cells).subList(at, at + names.size())));
    }
    apis.put(
        name,
        new Api(
            names,
            Set.of((params + ",limit,offset").split(",")),
            required.isEmpty() ? Set.of() : Set.of(required.split(",")),
            date.isEmpty() ? Optional.empty() : Optional.of(date),
            most,
            rows));
  }

  /** The rows of an api, to change them. */
  List<List<Object>> rows(String name) {
    return apis.get(name).rows();
  }

  /** Never gives more rows in a page. */
  void pageCap(int most) {
    pageCap = most;
  }

  RestDouble server() {
    return server;
  }

  URI address() {
    return server.address();
  }

  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("baseUrl", address().toString());
    settings.put("token", TOKEN);
    settings.put("symbols", "600519.SH,000001.SZ");
    settings.put("firstDay", "2024-01-04");
    settings.put("now", "2024-01-09T12:00:00Z");
    settings.put("requestsPerMinute", "1000000");
    settings.put("requestTime", "PT60S");
    settings.put("queryTime", "PT600S");
    return settings;
  }

  RestDouble.Answer answer(RestDouble.Asked asked) {
    JsonNode body = JSON.readTree(asked.body());
    require(asked.method().equals("POST"), "the method is POST");
    require(asked.path().equals("/"), "the path is /, was " + asked.path());
    require(
        asked.headers().get("Content-type").get(0).startsWith("application/json"), "it is JSON");
    require(
        Set.copyOf(body.propertyNames()).equals(Set.of("api_name", "token", "params", "fields")),
        "a request has four parts, was " + body.propertyNames());
    if (!body.get("token").asString().equals(TOKEN)) {
      return failure(40101, "您的token不对，请确认。");
    }
    Api api = apis.get(body.get("api_name").asString());
    if (api == null) {
      return failure(40101, "请指定正确的接口名");
    }
    return RestDouble.Answer.of(JSON.writeValueAsString(data(api, body)));
  }

  private ObjectNode data(Api api, JsonNode body) {
    JsonNode params = body.get("params");
    List<String> fields = List.of(body.get("fields").asString().split(","));
    require(
        api.columns().containsAll(fields), "the fields are " + api.columns() + ", asked " + fields);
    for (String name : params.propertyNames()) {
      require(api.params().contains(name), "there is no parameter " + name);
      check(name, params.get(name).asString());
    }
    require(
        Set.copyOf(params.propertyNames()).containsAll(api.required()),
        "required: " + api.required());
    List<List<Object>> found =
        api.rows().stream().filter(row -> matches(api, row, params)).toList();
    int limit = Math.min(api.most(), pageCap);
    if (params.has("limit")) {
      limit = Math.min(limit, Integer.parseInt(params.get("limit").asString()));
    }
    int offset = params.has("offset") ? Integer.parseInt(params.get("offset").asString()) : 0;
    ObjectNode answer = JSON.createObjectNode();
    answer.put("request_id", "1").put("code", 0).put("msg", "");
    ObjectNode data = answer.putObject("data");
    fields.forEach(data.putArray("fields")::add);
    ArrayNode items = data.putArray("items");
    int end = Math.min(found.size(), offset + limit);
    for (int r = offset; r < end; r++) {
      ArrayNode item = items.addArray();
      for (String field : fields) {
        item.addPOJO(found.get(r).get(api.columns().indexOf(field)));
      }
    }
    data.put("has_more", end < found.size());
    return answer;
  }

  private static void check(String name, String text) {
    if (name.equals("ts_code")) {
      require(text.matches("[0-9]{6}\\.(SH|SZ|BJ)(,[0-9]{6}\\.(SH|SZ|BJ))*"), "ts_code " + text);
    } else if (name.endsWith("_date")) {
      require(text.matches("[0-9]{8}|[0-9-]{10} [0-9:]{8}"), name + " " + text);
    }
  }

  private static boolean matches(Api api, List<Object> row, JsonNode params) {
    for (String name : params.propertyNames()) {
      String wanted = params.get(name).asString();
      int column = api.columns().indexOf(name);
      boolean ok = switch (name) {
        case "limit", "offset", "freq" -> true;
        case "ts_code" -> List.of(wanted.split(",")).contains(row.get(column));
        case "start_date" -> date(api, row).compareTo(wanted) >= 0;
        case "end_date" -> date(api, row).compareTo(wanted) <= 0;
        default -> column < 0 || String.valueOf(row.get(column)).equals(wanted);
      };
      if (!ok) {
        return false;
      }
    }
    return true;
  }

  private static String date(Api api, List<Object> row) {
    return String.valueOf(row.get(api.columns().indexOf(api.dateColumn().orElseThrow())));
  }

  static RestDouble.Answer failure(int code, String message) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("request_id", "1").put("code", code).put("msg", message).putNull("data");
    return RestDouble.Answer.of(JSON.writeValueAsString(answer));
  }

  private static void require(boolean held, String what) {
    if (!held) {
      throw new AssertionError(what);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
