import { serverPlaces, type ConnectionValues } from "./connectionValues";

/**
 * Who a connection is for, as people read it and as a password is bound to it: `ann at db.example:5432`, every server of
 * a list, with the address where one is given. The database is no part of it: a login is the server's.
 */
export function serverText(values: ConnectionValues): string {
  const places = serverPlaces(values).map(({ host, hostaddr, port }) => {
    const name =
      hostaddr === "" || hostaddr === host ? host : `${host} [${hostaddr}]`;
    return `${name}:${port}`;
  });
  return `${values.user} at ${places.join(", ")}`;
}
