package io.qilin.security.limit;

import io.qilin.api.error.QilinException;
import io.qilin.security.internal.NetworkAddress;
import io.qilin.security.internal.NetworkRange;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the address that a caller is counted by. Immutable.
 *
 * <ul>
 *   <li>What the connection says counts, unless it is a trusted proxy. Then the one configured header is read from its end: each
 *       entry was added by the hop after it, so entries of trusted proxies are passed over, and the first other one is the caller. What
 *       stands before it is the caller's own invention and is not read.
 *   <li>If the entry in turn cannot be read ({@code unknown}, {@code _hidden}, rubbish), the trusted proxy that wrote it is counted:
 *       less for all behind it, but nobody chooses a key of his own.
 *   <li>An IPv6 address is counted by its first 64 bits, as one customer has at least these; IPv4 written as IPv6 is IPv4.
 * </ul>
 */
public final class ClientAddresses {
  private static final int SITE_BITS = 64;
  private static final int MOST_ENTRIES = 32;
  private static final int LONGEST_HEADER = 8192;

  private final List<NetworkRange> proxies;
  private final Header header;

  /** In which header the trusted proxies write whom they speak for. */
  public enum Header {
    /** {@code X-Forwarded-For}: addresses between commas. */
    X_FORWARDED_FOR,
    /** {@code Forwarded} (RFC 7239). */
    FORWARDED
  }

  private ClientAddresses(List<NetworkRange> proxies, Header header) {
    this.proxies = proxies;
    this.header = header;
  }

  /** No proxy is trusted; the connection's address counts and no header is read. */
  public static ClientAddresses direct() {
    return new ClientAddresses(List.of(), Header.X_FORWARDED_FOR);
  }

  /**
   * Some proxies are trusted.
   *
   * @param networks addresses and networks, for example {@code 10.0.0.0/8}; only such as the host runs itself
   * @param header the one header that all of them write
   * @throws QilinException INVALID_ARGUMENT if a network is not one, or if all addresses there are would be trusted
   */
  public static ClientAddresses behind(List<String> networks, Header header) {
    List<NetworkRange> ranges = networks.stream().map(NetworkRange::parse).toList();
    if (ranges.stream().anyMatch(range -> range.length() == 0)) {
      throw QilinException.invalid(
          "a network of all addresses cannot be trusted; name the proxies");
    }
    return new ClientAddresses(ranges, Objects.requireNonNull(header, "header"));
  }

  /** The configured header, in small letters. */
  public String headerName() {
    return header == Header.FORWARDED ? "forwarded" : "x-forwarded-for";
  }

  /**
   * The key that the caller is counted by.
   *
   * @param peer the other end of the connection
   * @param headerValues the values of the configured header, one for each time that it is there, in their order
   */
  public LimitKey key(InetAddress peer, List<String> headerValues) {
    NetworkAddress at = NetworkAddress.of(peer);
    if (!trusted(at)) {
      return counted(at);
    }
    Deque<String> entries = entries(headerValues);
    for (int hops = 0; hops < MOST_ENTRIES && !entries.isEmpty(); hops++) {
      Optional<NetworkAddress> before = address(entries.removeLast());
      if (before.isEmpty()) {
        return counted(at);
      }
      at = before.get();
      if (!trusted(at)) {
        return counted(at);
      }
    }
    return counted(at);
  }

  private boolean trusted(NetworkAddress address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }

  private static LimitKey counted(NetworkAddress address) {
    String value =
        address.isV4() ? address.toString() : address.prefix(SITE_BITS) + "/" + SITE_BITS;
    return new LimitKey(LimitKey.Kind.ADDRESS, value);
  }

  /** The last entries of the header; a header that is too long is cut at its front, where nothing can be trusted anyway. */
  private static Deque<String> entries(List<String> values) {
    String all = String.join(",", values);
    String end = all.substring(Math.max(0, all.length() - LONGEST_HEADER));
    Deque<String> entries = new ArrayDeque<>();
    if (!values.isEmpty()) {
      entries.addAll(List.of(end.split(",", -1)));
    }
    return entries;
  }

  private Optional<NetworkAddress> address(String entry) {
    return header == Header.FORWARDED ? forwarded(entry) : node(entry.strip());
  }

  /** The node of {@code for=} in one element of RFC 7239; more than one, or none, is not read. */
  private static Optional<NetworkAddress> forwarded(String element) {
    Optional<String> found = Optional.empty();
    for (String pair : element.split(";", -1)) {
      String one = pair.strip();
      if (one.regionMatches(true, 0, "for=", 0, 4)) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = Optional.of(one.substring(4));
      }
    }
    return found.map(ClientAddresses::unquoted).flatMap(ClientAddresses::node);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** An address, with a port or without, IPv6 in brackets or without. */
  private static Optional<NetworkAddress> node(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end > 0 && port(node.substring(end + 1))
          ? NetworkAddress.parse(node.substring(1, end)).filter(address -> !plainV4(node))
          : Optional.empty();
    }
    int colon = node.indexOf(':');
    boolean withPort = colon > 0 && colon == node.lastIndexOf(':') && port(node.substring(colon));
    return NetworkAddress.parse(withPort ? node.substring(0, colon) : node);
  }

  private static boolean plainV4(String bracketed) {
    return bracketed.indexOf(':') < 0 || bracketed.indexOf(':') > bracketed.indexOf(']');
  }

  private static boolean port(String text) {
    return text.isEmpty() || text.matches(":[0-9]{1,5}");
  }
}
