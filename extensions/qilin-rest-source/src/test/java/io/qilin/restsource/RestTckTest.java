package io.qilin.restsource;

import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.data.record.RecordLine;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every kind of record, taken apart into columns that a service answers with, and put together by a spec in a file. */
class RestTckTest extends MarketDataProviderTck {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, String> ANSWERS = new TreeMap<>();
  private static final RestDouble SERVICE =
      new RestDouble(asked -> RestDouble.Answer.of(ANSWERS.get(asked.path())));

  @TempDir
  static Path folder;

  @BeforeAll
  static void write() throws IOException {
    List<Object> endpoints = new ArrayList<>();
    Map<DataCapability, List<Map<String, JsonNode>>> rows = new TreeMap<>();
    for (MarketRecord record : SampleRecords.all(new Provenance("x", "y", false))) {
      Map<String, JsonNode> row = new LinkedHashMap<>();
      flatten("", JSON.readTree(RecordLine.print(record)), row);
      row.keySet().removeIf(path -> path.startsWith("source."));
      rows.computeIfAbsent(DataCapability.of(record.getClass()), kind -> new ArrayList<>())
          .add(row);
    }
    rows.forEach((kind, own) -> {
      endpoints.add(endpoint(kind, own));
      ANSWERS.put("/v1/" + kind, JSON.writeValueAsString(own));
    });
    endpoints.add(bars());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("id", "double");
    spec.put("base", SERVICE.address() + "/v1");
    spec.put("endpoints", endpoints);
    // JSON is YAML.
    Files.writeString(folder.resolve("spec.yaml"), JSON.writeValueAsString(spec));
  }

  private static void flatten(String path, JsonNode node, Map<String, JsonNode> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(part -> flatten(
              path.isEmpty() ? part.getKey() : path + "." + part.getKey(), part.getValue(), into));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "." + (i + 1), node.get(i), into);
      }
    } else {
      into.put(path, node);
    }
  }

  private static Map<String, Object> endpoint(
      DataCapability kind, List<Map<String, JsonNode>> rows) {
    Map<String, Object> columns = new TreeMap<>();
    for (Map<String, JsonNode> row : rows) {
      row.forEach((path, value) -> {
        if (!path.equals("asOf")) {
          String type = value.isNumber() ? "number" : value.isBoolean() ? "flag" : "text";
          columns.put(path, Map.of(type, path));
        }
      });
    }
    Map<String, Object> endpoint = new LinkedHashMap<>();
    endpoint.put("name", kind.name());
    endpoint.put("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    endpoint.put("path", "/" + kind);
    endpoint.put("columns", columns);
    endpoint.put("published", List.of(Map.of("moment", "asOf")));
    return endpoint;
  }

  private static Map<String, Object> bars() {
    StringBuilder csv = new StringBuilder("代码,日期,收盘,成交额\r\n");
    for (String code : List.of("600519", "000001", "920002")) {
      for (int day = 2; day < 6; day++) {
        csv.append(code)
            .append(",2024/01/0")
            .append(day)
            .append(',')
            .append(10 + day)
            .append(day == 3 ? ",--" : ",1.5")
            .append("\r\n");
      }
    }
    ANSWERS.put("/v1/bars.csv", csv.toString());
    return Map.of(
        "name", "bars",
        "kind", "daily-bars",
        "path", "/bars.csv",
        "format", Map.of("type", "csv"),
        "columns",
            Map.of(
                "symbol",
                    Map.of(
                        "symbol",
                        "代码",
                        "cases",
                        List.of(
                            Map.of("is", "600519", "then", "600519.SH"),
                            Map.of("is", "920002", "then", "920002.BJ"),
                            Map.of("is", "000001", "then", "000001.SZ"))),
                "date", Map.of("date", "日期", "pattern", "uuuu/MM/dd"),
                "close", Map.of("number", "收盘"),
                "amount",
                    Map.of(
                        "number",
                        "成交额",
                        "unit",
                        "hundred-million",
                        "cases",
                        List.of(Map.of("is", "--", "then", "0")))));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Override
  protected MarketDataProvider provider() {
    return new RestProvider();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("spec", folder.resolve("spec.yaml").toString(), "now", "2100-01-01T00:00:00Z");
  }
}
