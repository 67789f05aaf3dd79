package io.qilin.mlflow;

import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Pages of histories, in Qilin's order; the last history that was read is kept for the pages that follow. */
final class HistoryPages {
  private static final Pattern PLACE = Pattern.compile("[0-9]{1,9}");

  private final History history;
  private volatile Snapshot last = Snapshot.NONE;

  /** A history as it was when it was read. */
  private record Snapshot(String asked, List<MetricPoint> points) {
    static final Snapshot NONE = new Snapshot("", List.of());
  }

  HistoryPages(MlflowServer server) {
    history = new History(server);
  }

  Page<MetricPoint> page(String run, String metric, int size, Optional<String> after) {
    String asked = run + "|" + metric;
    int from = after.map(text -> place(asked, text)).orElse(0);
    Snapshot known = last;
    List<MetricPoint> points =
        after.isPresent() && known.asked().equals(asked) ? known.points() : read(run, metric);
    int to = Math.min(points.size(), from + size);
    last = to < points.size() ? new Snapshot(asked, points) : Snapshot.NONE;
    return new Page<>(
        from >= to ? List.of() : points.subList(from, to),
        to < points.size()
            ? Optional.of(PageMark.text(asked, String.valueOf(to)))
            : Optional.empty());
  }

  private static int place(String asked, String text) {
    String place = PageMark.parse(asked, text);
    if (!PLACE.matcher(place).matches()) {
      throw Words.badToken(text);
    }
    return Integer.parseInt(place);
  }

  private List<MetricPoint> read(String run, String metric) {
    List<MetricPoint> points = new ArrayList<>();
    LatePoints.merge(history.main(run, metric), history.late(run, metric))
        .forEach(point -> RunReader.point(metric, point.value(), point.step(), point.millis())
            .ifPresent(points::add));
    return points;
  }
}
