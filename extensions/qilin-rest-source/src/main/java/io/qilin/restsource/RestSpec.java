package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a service is asked and how its answers are read. Immutable; it holds no secret, only the places where one goes. Made
 * by the builder, or read from a file of YAML or JSON, whose form the README of this module shows.
 */
public final class RestSpec {
  private static final int MOST_PORT = 65_535;

  private final Builder parts;

  private RestSpec(Builder parts) {
    this.parts = parts;
  }

  /**
   * Begins a spec.
   *
   * @param id the provider in the provenance of what is read, as in {@code MarketDataProvider.id()}
   * @param base the service's address, for example {@code https://api.example.com}
   */
  public static Builder builder(String id, URI base) {
    return new Builder(id, base);
  }

  /**
   * Reads a file of YAML or JSON in UTF-8, at most 256 KiB.
   *
   * @throws QilinException INVALID_CONFIGURATION with file and place if it is no spec; DATA_NOT_FOUND; LIMIT_EXCEEDED; IO
   */
  public static RestSpec load(Path file) {
    return SpecReader.load(file);
  }

  /**
   * Reads a text of YAML or JSON.
   *
   * @param name what errors call it
   * @throws QilinException INVALID_CONFIGURATION with the place; LIMIT_EXCEEDED
   */
  public static RestSpec parse(String text, String name) {
    return SpecReader.parse(text, name).build();
  }

  /** The provider in the provenance. */
  public String id() {
    return parts.id;
  }

  /** The service's address. */
  public URI base() {
    return parts.base;
  }

  /** What can be read. */
  public Set<DataCapability> capabilities() {
    EnumSet<DataCapability> served = EnumSet.noneOf(DataCapability.class);
    parts.endpoints.forEach(endpoint -> served.add(endpoint.kind()));
    if (served.contains(DataCapability.STATUS_NOTICES)) {
      served.add(DataCapability.SECURITIES);
    }
    return Set.copyOf(served);
  }

  /** How its data is read. */
  public List<RestEndpoint> endpoints() {
    return parts.endpoints;
  }

  List<RestEndpoint> endpoints(DataCapability kind) {
    return parts.endpoints.stream().filter(endpoint -> endpoint.kind() == kind).toList();
  }

  boolean plainHttp() {
    return parts.plainHttp;
  }

  String method() {
    return parts.method;
  }

  String path() {
    return parts.path;
  }

  Map<String, String> headers() {
    return parts.headers;
  }

  Optional<Object> body() {
    return parts.body;
  }

  AnswerFormat format() {
    return parts.format;
  }

  Optional<FailureFormat> failure() {
    return parts.failure;
  }

  SymbolForm symbols() {
    return parts.symbols;
  }

  Set<String> nulls() {
    return parts.nulls;
  }

  RestLimits limits() {
    return parts.limits;
  }

  RestRetry retry() {
    return parts.retry;
  }

  Optional<RestRate> rate() {
    return parts.rate;
  }

  /** The parts, to change some. */
  public Builder toBuilder() {
    return parts.copy();
  }

  static void checkMethod(String method) {
    if (!method.equals("GET") && !method.equals("POST")) {
      throw QilinException.invalid("a method is GET or POST, was " + QilinException.quote(method));
    }
  }

  /** For example {@code tushare at https://api.tushare.pro}. */
  @Override
  public String toString() {
    return parts.id + " at " + parts.base;
  }

  /** Collects the parts of a spec. */
  public static final class Builder {
    private String id;
    private URI base;
    private boolean plainHttp;
    private String method = "GET";
    private String path = "";
    private Map<String, String> headers = new LinkedHashMap<>();
    private Optional<Object> body = Optional.empty();
    private AnswerFormat format =
        new AnswerFormat(false, StandardCharsets.UTF_8, "", Optional.empty(), ',');
    private Optional<FailureFormat> failure = Optional.empty();
    private SymbolForm symbols = SymbolForm.SUFFIX;
    private Set<String> nulls = Set.of("");
    private RestLimits limits = RestLimits.DEFAULT;
    private RestRetry retry = RestRetry.DEFAULT;
    private Optional<RestRate> rate = Optional.empty();
    private List<RestEndpoint> endpoints = new ArrayList<>();

    private Builder(String id, URI base) {
      this.id = id;
      this.base = base;
    }

    private Builder copy() {
      Builder copy = new Builder(id, base);
      copy.plainHttp = plainHttp;
      copy.method = method;
      copy.path = path;
      copy.headers = new LinkedHashMap<>(headers);
      copy.body = body;
      copy.format = format;
      copy.failure = failure;
      copy.symbols = symbols;
      copy.nulls = nulls;
      copy.limits = limits;
      copy.retry = retry;
      copy.rate = rate;
      copy.endpoints = new ArrayList<>(endpoints);
      return copy;
    }

    /** The service's address. */
    public Builder base(URI address) {
      base = address;
      return this;
    }

    /** The provider in the provenance. */
    public Builder id(String provider) {
      id = provider;
      return this;
    }

    /**
     * Whether {@code http://} may be spoken with another host than this one, so that everybody on the way reads the secret
     * and may change the data; no unless set.
     */
    public Builder plainHttp(boolean allowed) {
      plainHttp = allowed;
      return this;
    }

    /** {@code GET} or {@code POST}; GET unless set. */
    public Builder method(String text) {
      method = text;
      return this;
    }

    /** The path of requests that name none; empty unless set. */
    public Builder path(String text) {
      path = text;
      return this;
    }

    /** A header of all requests, for example {@code Authorization} with {@code Bearer ${secret}}. */
    public Builder header(String name, String text) {
      headers.put(name, text);
      return this;
    }

    /**
     * The JSON body of POST requests: a tree of maps with texts as names, lists, texts with placeholders, numbers and
     * booleans. The text {@code ${params}} stands for the parameters of the fetch. Without it they are sent as a form.
     */
    public Builder body(Object tree) {
      body = Optional.of(BodyTree.copy(tree));
      return this;
    }

    /** Where the rows stand; JSON in UTF-8 that is an array of objects unless set. */
    public Builder format(AnswerFormat is) {
      format = is;
      return this;
    }

    /** How an answer says that the service failed; by its HTTP status only unless set. */
    public Builder failure(FailureFormat is) {
      failure = Optional.of(is);
      return this;
    }

    /** How instruments are written; {@code 600519.SH} unless set. */
    public Builder symbols(SymbolForm form) {
      symbols = form;
      return this;
    }

    /** The texts that stand for no value; the empty one unless set. */
    public Builder nulls(Set<String> texts) {
      nulls = Set.copyOf(texts);
      return this;
    }

    /** What a query may cost; {@link RestLimits#DEFAULT} unless set. */
    public Builder limits(RestLimits most) {
      limits = most;
      return this;
    }

    /** When requests are sent again; {@link RestRetry#DEFAULT} unless set. */
    public Builder retry(RestRetry when) {
      retry = when;
      return this;
    }

    /** How often the service may be asked; as often as needed unless set. */
    public Builder rate(RestRate is) {
      rate = Optional.of(is);
      return this;
    }

    /** A kind of data. */
    public Builder endpoint(RestEndpoint endpoint) {
      endpoints.add(endpoint);
      return this;
    }

    /**
     * The spec.
     *
     * @throws QilinException INVALID_ARGUMENT without endpoints, for two fetches of one name, an address that is not http
     *     or https, an unknown method or placeholder, or a secret in the address
     */
    public RestSpec build() {
      Builder frozen = copy();
      frozen.headers = new LinkedHashMap<>(headers);
      frozen.endpoints = List.copyOf(endpoints);
      frozen.check();
      return new RestSpec(frozen);
    }

    private void check() {
      if (!id.matches("[a-z0-9-]{1,32}")) {
        throw QilinException.invalid(
            "an id is 1 to 32 of a-z 0-9 -, was " + QilinException.quote(id));
      }
      String scheme = String.valueOf(base.getScheme());
      if ((!scheme.equals("http") && !scheme.equals("https"))
          || base.getHost() == null
          || base.getPort() > MOST_PORT
          || base.getRawUserInfo() != null
          || base.getRawQuery() != null
          || base.getRawFragment() != null) {
        throw QilinException.invalid(
            "an address is http:// or https://, a host, and perhaps a port (to 65535) and"
                + " a path; user, query and fragment do not belong to it");
      }
      checkMethod(method);
      if (endpoints.isEmpty()) {
        throw QilinException.invalid("the spec of " + id + " serves nothing; give it an endpoint");
      }
      Set<String> names = new HashSet<>();
      for (RestEndpoint endpoint : endpoints) {
        checkFetch(endpoint.fetch());
        endpoint.joins().forEach(join -> checkFetch(join.fetch()));
        if (!names.add(endpoint.fetch().name())) {
          throw QilinException.invalid("two endpoints are called "
              + QilinException.quote(endpoint.fetch().name()) + "; give each a name of its own");
        }
      }
    }

    /** What is common to all requests must have its values in each. */
    private void checkFetch(RestFetch fetch) {
      try {
        new URI(base + "/" + fetch.path().orElse(path).replaceAll("\\$\\{[^}]*\\}", "x"));
      } catch (URISyntaxException e) {
        throw QilinException.invalid(
            fetch.name() + ": the path has a character that no path can have;"
                + " write it as %XX, or as a placeholder");
      }
      Set<String> own = new HashSet<>(fetch.constants().keySet());
      own.addAll(fetch.values().keySet());
      headers.values().forEach(text -> Template.check(text, own));
      body.ifPresent(tree -> BodyTree.texts(tree).forEach(text -> Template.check(text, own)));
      String used = fetch.path().orElse(path);
      Template.check(used, own);
      if (Template.names(used).contains("secret")) {
        throw QilinException.invalid(
            fetch.name()
                + ": a path is written into many logs; the secret goes into a header, parameter or body");
      }
    }
  }
}
