/**
 * The trading days of the Chinese exchanges: start with {@link
 * io.qilin.data.calendar.AShareCalendar}.
 */
@NullMarked
package io.qilin.data.calendar;

import org.jspecify.annotations.NullMarked;
