package io.qilin.security.threat;

import io.qilin.api.error.QilinException;

/**
 * A place on the earth.
 *
 * @param latitude degrees north, from −90 to 90
 * @param longitude degrees east, from −180 to 180
 */
public record GeoPoint(double latitude, double longitude) {
  /** The mean radius of the earth (IUGG), in km. */
  private static final double EARTH_KM = 6371.0088;

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_ARGUMENT if a coordinate is out of range or not a number
   */
  public GeoPoint {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      throw QilinException.invalid(
          "no place has latitude " + latitude + " and longitude " + longitude);
    }
  }

  /** Great-circle distance in km by the haversine formula, on a sphere. */
  public double distanceKm(GeoPoint other) {
    double phi = Math.toRadians(latitude);
    double otherPhi = Math.toRadians(other.latitude);
    double halfLat = StrictMath.sin((otherPhi - phi) / 2);
    double halfLon = StrictMath.sin(Math.toRadians(other.longitude - longitude) / 2);
    double square =
        halfLat * halfLat + StrictMath.cos(phi) * StrictMath.cos(otherPhi) * halfLon * halfLon;
    return 2 * EARTH_KM * StrictMath.asin(Math.min(1, Math.sqrt(square)));
  }
}
