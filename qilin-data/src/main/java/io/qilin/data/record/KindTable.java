package io.qilin.data.record;

import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.RecordQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Records of one kind in the order of their events, with an index by instrument. A query costs a binary search and the
 * rows of its span. Immutable and safe to share.
 *
 * @param <R> the kind
 */
final class KindTable<R extends MarketRecord> {
  private static final Comparator<MarketRecord> ORDER =
      Comparator.comparing(MarketRecord::eventTime).thenComparing(MarketRecord::asOf);

  private final List<R> rows;
  /** Places in rows, ascending, of what is about an instrument. */
  private final Map<Symbol, int[]> bySymbol;
  /** Places of what is about the whole market. */
  private final int[] ofTheMarket;

  /** Sorts the rows; those of one event and moment keep their order. */
  KindTable(List<R> unsorted) {
    List<R> sorted = new ArrayList<>(unsorted);
    sorted.sort(ORDER);
    rows = List.copyOf(sorted);
    Map<Symbol, IntStream.Builder> places = new HashMap<>();
    IntStream.Builder market = IntStream.builder();
    for (int i = 0; i < rows.size(); i++) {
      List<Symbol> about = rows.get(i).symbols();
      if (about.isEmpty()) {
        market.add(i);
      }
      for (Symbol symbol : about) {
        places.computeIfAbsent(symbol, s -> IntStream.builder()).add(i);
      }
    }
    bySymbol = new HashMap<>();
    places.forEach((symbol, at) -> bySymbol.put(symbol, at.build().toArray()));
    ofTheMarket = market.build().toArray();
  }

  /** All rows in order. */
  List<R> rows() {
    return rows;
  }

  /** The rows that answer a query, in order. */
  List<R> select(RecordQuery<R> query) {
    int from = query.from().map(this::firstAtOrAfter).orElse(0);
    int end = query.to().map(this::firstAfter).orElse(rows.size());
    List<R> answer = new ArrayList<>();
    IntConsumer add = at -> {
      if (!rows.get(at).asOf().isAfter(query.knownAt())) {
        answer.add(rows.get(at));
      }
    };
    if (query.symbols().isEmpty()) {
      for (int at = from; at < end; at++) {
        add.accept(at);
      }
    } else {
      places(query.symbols(), from, end).forEach(add);
    }
    return answer;
  }

  private IntStream places(Set<Symbol> symbols, int from, int end) {
    IntStream about = symbols.stream()
        .map(bySymbol::get)
        .filter(Objects::nonNull)
        .flatMapToInt(places -> within(places, from, end));
    return IntStream.concat(within(ofTheMarket, from, end), about).sorted().distinct();
  }

  private static IntStream within(int[] places, int from, int end) {
    return Arrays.stream(places, lowest(places, from), lowest(places, end));
  }

  /** How many places lie before one. */
  private static int lowest(int[] places, int place) {
    int at = Arrays.binarySearch(places, place);
    return at < 0 ? -at - 1 : at;
  }

  private int firstAtOrAfter(Instant moment) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle).eventTime().isBefore(moment)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int firstAfter(Instant moment) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle).eventTime().isAfter(moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
