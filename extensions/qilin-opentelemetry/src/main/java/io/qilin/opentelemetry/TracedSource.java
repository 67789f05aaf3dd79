package io.qilin.opentelemetry;

import io.opentelemetry.api.trace.SpanKind;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A source whose calls are spans. As safe to share as the source. */
final class TracedSource implements MarketDataSource {
  private final String id;
  private final MarketDataSource source;
  private final Spans spans;

  TracedSource(String id, MarketDataSource source, Spans spans) {
    this.id = Objects.requireNonNull(id, "id");
    this.source = Objects.requireNonNull(source, "source");
    this.spans = spans;
  }

  @Override
  public Bars bars(BarQuery query) {
    return call("bars", span -> {
      span.tell(open -> {
        open.set(Keys.DATA_KIND, DataCapability.DAILY_BARS.name());
        open.set(Keys.QUERY_SYMBOLS, (long) query.symbols().size());
      });
      Bars bars = source.bars(query);
      span.tell(open -> {
        open.set(Keys.ROWS, bars.rowsRead());
        open.set(Keys.FINDINGS, (long) bars.findings().size());
        origin(open, bars.provenance());
      });
      return bars;
    });
  }

  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    return call("securities", span -> {
      span.tell(open -> open.set(Keys.DATA_KIND, DataCapability.SECURITIES.name()));
      Map<Symbol, SecurityTimeline> answer = source.securities();
      span.tell(open -> open.set(Keys.ROWS, (long) answer.size()));
      return answer;
    });
  }

  @Override
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    return call("records", span -> {
      span.tell(open -> {
        open.set(Keys.DATA_KIND, DataCapability.of(query.type()).name());
        open.set(Keys.QUERY_SYMBOLS, (long) query.symbols().size());
      });
      Records<R> records = source.records(query);
      span.tell(open -> {
        open.set(Keys.ROWS, (long) records.rows().size());
        open.set(Keys.FINDINGS, (long) records.findings().size());
        origin(open, records.provenance());
      });
      return records;
    });
  }

  private <T> T call(String method, Function<OpenSpan, T> body) {
    return spans.within("qilin.source." + method, SpanKind.INTERNAL, span -> {
      span.set(Keys.SOURCE, id);
      return body.apply(span);
    });
  }

  private static void origin(OpenSpan span, Provenance provenance) {
    if (provenance.copyOf().isPresent()) {
      span.set(Keys.DEGRADED, "data");
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
