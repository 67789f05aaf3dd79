package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.source.DataCapability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One kind of data that a service gives, and how records are made of its rows. Several endpoints may give one kind.
 *
 * <p>The columns of {@link DataCapability#DAILY_BARS} are {@code symbol}, {@code date} and names of fields. Those of other
 * kinds are the components of the record, as in a file of {@code io.qilin.data.record.RecordFiles}: {@code of} is
 * called {@code symbol}, parts of parts have a dot between, as in {@code superLarge.buy}, and the elements of lists are
 * numbered from 1, as in {@code bids.1.price}. What has no column is not known.
 */
public final class RestEndpoint {
  private static final Set<String> BAR_KEYS = Set.of("symbol", "date");

  private final DataCapability kind;
  private final RestFetch fetch;
  private final List<RestJoin> joins;
  private final Map<String, Set<String>> where;
  private final Map<String, RestColumn> columns;
  private final List<Publication> published;
  private final int tolerated;

  private RestEndpoint(Builder builder) {
    this.kind = builder.kind;
    this.fetch = builder.fetch;
    this.joins = List.copyOf(builder.joins);
    this.where = Map.copyOf(builder.where);
    this.columns = new LinkedHashMap<>(builder.columns);
    this.published = List.copyOf(builder.published);
    this.tolerated = builder.tolerated;
    check();
  }

  private void check() {
    if (kind == DataCapability.SECURITIES) {
      throw wrong("securities are made of STATUS_NOTICES; give an endpoint of these");
    }
    if (kind == DataCapability.DAILY_BARS) {
      if (!columns.keySet().containsAll(BAR_KEYS) || columns.size() == BAR_KEYS.size()) {
        throw wrong("daily bars have the columns symbol and date, and fields");
      }
      columns.forEach((name, column) -> {
        if (!BAR_KEYS.contains(name)) {
          Field.of(name);
          if (column.kind() != RestColumn.Kind.NUMBER) {
            throw wrong("the field " + name + " is a NUMBER, was " + column.kind());
          }
        }
      });
      if (!published.isEmpty()) {
        throw wrong("daily bars are public as BarQuery.publicAt says; leave out what else is");
      }
    } else if (published.isEmpty()) {
      throw wrong("say when its rows became public");
    }
    if (tolerated < 0) {
      throw wrong("the number of rows that may be left out is not negative");
    }
  }

  private QilinException wrong(String what) {
    return QilinException.invalid(fetch.name() + " (" + kind + "): " + what);
  }

  /** Begins an endpoint. */
  public static Builder builder(DataCapability kind, RestFetch fetch) {
    return new Builder(kind, fetch);
  }

  /** The kind of data. */
  public DataCapability kind() {
    return kind;
  }

  /** How its rows are asked for. */
  public RestFetch fetch() {
    return fetch;
  }

  List<RestJoin> joins() {
    return joins;
  }

  Map<String, Set<String>> where() {
    return where;
  }

  Map<String, RestColumn> columns() {
    return columns;
  }

  List<Publication> published() {
    return published;
  }

  int tolerated() {
    return tolerated;
  }

  /** Collects the parts of an endpoint. */
  public static final class Builder {
    private final DataCapability kind;
    private final RestFetch fetch;
    private final List<RestJoin> joins = new ArrayList<>();
    private final Map<String, Set<String>> where = new LinkedHashMap<>();
    private final Map<String, RestColumn> columns = new LinkedHashMap<>();
    private final List<Publication> published = new ArrayList<>();
    private int tolerated;

    private Builder(DataCapability kind, RestFetch fetch) {
      this.kind = kind;
      this.fetch = fetch;
    }

    /** Puts a second table beside the rows; none unless called. */
    public Builder join(RestJoin join) {
      joins.add(join);
      return this;
    }

    /** Keeps only rows with one of these texts in a column; all unless called. */
    public Builder where(String column, Set<String> accepted) {
      where.put(column, Set.copyOf(accepted));
      return this;
    }

    /** From where a value comes. */
    public Builder column(String target, RestColumn from) {
      columns.put(target, from);
      return this;
    }

    /** When rows became public. Of several rules the first whose column has a value counts. */
    public Builder published(Publication rule) {
      published.add(rule);
      return this;
    }

    /**
     * How many rows that are no record may be left out and told in a finding; 0 unless set, and then one such row refuses
     * the answer.
     */
    public Builder tolerated(int rows) {
      tolerated = rows;
      return this;
    }

    /**
     * The endpoint.
     *
     * @throws QilinException INVALID_ARGUMENT for bars without symbol, date and fields, or records without a rule when
     *     they became public
     */
    public RestEndpoint build() {
      return new RestEndpoint(this);
    }
  }
}
