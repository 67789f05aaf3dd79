package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one table is asked for: one request or many, for the instruments, days and values of a query. Texts may hold
 * placeholders; a parameter whose placeholder has no value (no first day, for example) is left out.
 *
 * <p>Placeholders: {@code ${symbol}}, {@code ${symbols}} (with commas between), {@code ${from}}, {@code ${to}} (the first
 * and last day asked for, at 00:00:00 and 23:59:59), {@code ${day}}, {@code ${offset}}, {@code ${limit}}, {@code ${page}},
 * {@code ${cursor}}, {@code ${secret}}, and the fetch's own {@link #constants} and {@link #values}.
 */
public final class RestFetch {
  private final String name;
  private final Builder parts;

  private RestFetch(Builder parts) {
    this.name = parts.name;
    this.parts = parts;
  }

  /** Which days the requests are for. */
  public enum Span {
    /** Those of the query: the column that the service filters by is that of the event. */
    EVENT,
    /** From the first day of the query on: the service filters by a day that is not before the event. */
    FROM_EVENT,
    /** All: the service filters by a day that may be before or after the event, or does not filter. */
    ALL
  }

  /**
   * Begins a fetch.
   *
   * @param name what messages call it
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** Values of placeholders that are the same for each of its requests. */
  public Map<String, String> constants() {
    return parts.constants;
  }

  /** Lists of values; each request is for one of each. */
  public Map<String, List<String>> values() {
    return parts.values;
  }

  Optional<String> method() {
    return parts.method;
  }

  Optional<String> path() {
    return parts.path;
  }

  Map<String, String> params() {
    return parts.params;
  }

  Optional<AnswerFormat> format() {
    return parts.format;
  }

  Paging paging() {
    return parts.paging;
  }

  int symbolsPerRequest() {
    return parts.symbolsPerRequest;
  }

  Span span() {
    return parts.span;
  }

  int daysPerRequest() {
    return parts.daysPerRequest;
  }

  boolean tradingDays() {
    return parts.tradingDays;
  }

  String datePattern() {
    return parts.datePattern;
  }

  Optional<RestRate> rate() {
    return parts.rate;
  }

  /** Collects the parts of a fetch. */
  public static final class Builder {
    private final String name;
    private final Map<String, String> ownConstants = new LinkedHashMap<>();
    private final Map<String, List<String>> ownValues = new LinkedHashMap<>();
    private final Map<String, String> ownParams = new LinkedHashMap<>();
    private Map<String, String> constants = Map.of();
    private Map<String, List<String>> values = Map.of();
    private Map<String, String> params = Map.of();
    private Optional<String> method = Optional.empty();
    private Optional<String> path = Optional.empty();
    private Optional<AnswerFormat> format = Optional.empty();
    private Paging paging = Paging.NONE;
    private int symbolsPerRequest;
    private Span span = Span.EVENT;
    private int daysPerRequest;
    private boolean tradingDays;
    private String datePattern = "uuuuMMdd";
    private Optional<RestRate> rate = Optional.empty();

    private Builder(String name) {
      this.name = name;
    }

    /** {@code GET} or {@code POST}; the service's unless set. */
    public Builder method(String text) {
      method = Optional.of(text);
      return this;
    }

    /** The path below the service's address; the service's unless set. */
    public Builder path(String text) {
      path = Optional.of(text);
      return this;
    }

    /** A parameter: of the query, or of the body as the service's template says. */
    public Builder param(String key, String text) {
      ownParams.put(key, text);
      return this;
    }

    /** A value of a placeholder, the same for each request. */
    public Builder constant(String key, String value) {
      ownConstants.put(key, value);
      return this;
    }

    /** The values of a placeholder, each of which is asked for; {@code @key} is its column in the answers. */
    public Builder each(String key, List<String> all) {
      ownValues.put(key, List.copyOf(all));
      return this;
    }

    /** Where the rows stand; as the service's unless set. */
    public Builder format(AnswerFormat is) {
      format = Optional.of(is);
      return this;
    }

    /** How long answers come; as one page unless set. */
    public Builder paging(Paging is) {
      paging = is;
      return this;
    }

    /** How many instruments a request names; none unless set, and then requests are for all instruments. */
    public Builder symbolsPerRequest(int most) {
      symbolsPerRequest = most;
      return this;
    }

    /** Which days requests are for; those of the query unless set. */
    public Builder span(Span is) {
      span = is;
      return this;
    }

    /** How many days a request is for; all at once unless set. A request for one day has {@code ${day}}. */
    public Builder daysPerRequest(int most) {
      daysPerRequest = most;
      return this;
    }

    /** Asks for each trading day of the Chinese exchanges, one by one. */
    public Builder eachTradingDay() {
      daysPerRequest = 1;
      tradingDays = true;
      return this;
    }

    /** How days are written in requests; {@code uuuuMMdd} unless set. */
    public Builder datePattern(String pattern) {
      datePattern = pattern;
      return this;
    }

    /** How often this may be asked for, besides what holds for the whole service; as often unless set. */
    public Builder rate(RestRate is) {
      rate = Optional.of(is);
      return this;
    }

    /**
     * The fetch.
     *
     * @throws QilinException INVALID_ARGUMENT for an unknown placeholder, method or pattern, a list without values,
     *     numbers that are negative, or placeholders of instruments or pages that never have a value
     */
    public RestFetch build() {
      Builder frozen = new Builder(name);
      frozen.constants = Map.copyOf(ownConstants);
      frozen.values = new LinkedHashMap<>(ownValues);
      frozen.params = new LinkedHashMap<>(ownParams);
      frozen.method = method;
      frozen.path = path;
      frozen.format = format;
      frozen.paging = paging;
      frozen.symbolsPerRequest = symbolsPerRequest;
      frozen.span = span;
      frozen.daysPerRequest = daysPerRequest;
      frozen.tradingDays = tradingDays;
      frozen.datePattern = datePattern;
      frozen.rate = rate;
      frozen.check();
      return new RestFetch(frozen);
    }

    private void check() {
      if (symbolsPerRequest < 0 || daysPerRequest < 0) {
        throw QilinException.invalid(name + ": numbers of instruments and days are not negative");
      }
      RestColumn.formatter(datePattern);
      method.ifPresent(RestSpec::checkMethod);
      values.forEach((key, all) -> {
        if (all.isEmpty()) {
          throw QilinException.invalid(name + ": there is no value to ask for as " + key);
        }
      });
      List<String> own = new ArrayList<>(constants.keySet());
      own.addAll(values.keySet());
      for (String key : own) {
        if (Template.NAMES.contains(key)) {
          throw QilinException.invalid(
              name + ": " + QilinException.quote(key) + " is a placeholder already; name it else");
        }
      }
      List<String> texts = new ArrayList<>(params.values());
      path.ifPresent(texts::add);
      Set<String> used = new TreeSet<>();
      for (String text : texts) {
        Template.check(text, Set.copyOf(own));
        used.addAll(Template.names(text));
      }
      checkValues(used);
    }

    /** A parameter without its value is left out, so that one that never has any would ask for too much without a word. */
    private void checkValues(Set<String> used) {
      if (used.contains("symbol") && symbolsPerRequest != 1) {
        throw QilinException.invalid(
            name + ": ${symbol} has a value where a request is for 1 instrument; set"
                + " symbols-per-request to 1, or write ${symbols}");
      }
      if (used.contains("symbols") && symbolsPerRequest == 0) {
        throw QilinException.invalid(
            name + ": ${symbols} has a value where requests name instruments; set"
                + " symbols-per-request");
      }
      if (paging.kind() == Paging.Kind.NONE) {
        used.retainAll(Set.of("offset", "limit", "page", "cursor"));
        if (!used.isEmpty()) {
          throw QilinException.invalid(
              name + ": " + used + " have values where answers come in pages; set paging");
        }
      }
    }
  }
}
