package io.qilin.security.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address. An IPv4 address written as IPv6 ({@code ::ffff:1.2.3.4}) is the IPv4 address. Immutable. */
public final class NetworkAddress {
  private static final int LONGEST = 45;
  private static final Pattern V4 = Pattern.compile(
      "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

  /** With a colon in it, the JDK takes a text for an address or refuses it, and asks no name server. */
  private static final Pattern MAYBE_V6 =
      Pattern.compile("[0-9a-fA-F:][0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private final byte[] bytes;

  private NetworkAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads an address, never a name.
   *
   * @return empty if the text is not an address in its usual form: no brackets, no port, no zone, no leading zeros in IPv4
   */
  public static Optional<NetworkAddress> parse(String text) {
    boolean readable = text.length() <= LONGEST
        && (V4.matcher(text).matches() || MAYBE_V6.matcher(text).matches());
    if (!readable) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(InetAddress.getByName(text)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The same address. */
  public static NetworkAddress of(InetAddress address) {
    return new NetworkAddress(address.getAddress());
  }

  /** Whether it has 4 bytes and not 16. */
  public boolean isV4() {
    return bytes.length == 4;
  }

  /** The number of its bits, 32 or 128. */
  public int bits() {
    return bytes.length * 8;
  }

  /** The first address of the network that has this many leading bits in common with it. */
  public NetworkAddress prefix(int length) {
    byte[] first = bytes.clone();
    for (int bit = length; bit < bits(); bit++) {
      first[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return new NetworkAddress(first);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The usual form, for example {@code 10.0.0.7} or {@code 2001:db8:0:0:0:0:0:1}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; i += isV4() ? 1 : 2) {
      if (i > 0) {
        out.append(isV4() ? '.' : ':');
      }
      int group = bytes[i] & 0xff;
      out.append(
          isV4()
              ? Integer.toString(group)
              : Integer.toHexString((group << 8) | (bytes[i + 1] & 0xff)));
    }
    return out.toString();
  }
}
