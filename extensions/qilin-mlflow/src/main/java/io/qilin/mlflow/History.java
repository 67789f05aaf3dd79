package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads all points of a metric, page by page. */
final class History {
  private static final int PAGE = 10_000;
  private static final int MOST = 2_000_000;

  private final MlflowApi api;

  History(MlflowServer server) {
    api = server.api();
  }

  List<LatePoints.Stored> main(String run, String key) {
    return read(run, key);
  }

  List<LatePoints.Point> late(String run, String key) {
    return LatePoints.join(read(run, LatePoints.valuesOf(key)), read(run, LatePoints.timesOf(key)));
  }

  private List<LatePoints.Stored> read(String run, String key) {
    List<LatePoints.Stored> points = new ArrayList<>();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("run_id", run);
    query.put("metric_key", key);
    query.put("max_results", String.valueOf(PAGE));
    while (true) {
      JsonNode page = api.get("metrics/get-history", query);
      Json.items(page, "metrics").forEach(point -> points.add(LatePoints.Stored.read(point)));
      String next = Json.text(page, "next_page_token");
      if (next.isEmpty()) {
        return points;
      }
      if (points.size() > MOST || next.equals(query.put("page_token", next))) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            "the metric " + QilinException.quote(key) + " of the run " + run + " has more than "
                + MOST + " points, or the server's pages do not end");
      }
    }
  }
}
