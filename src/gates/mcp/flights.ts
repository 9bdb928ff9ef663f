import { spanAt, splice } from './json-spans.ts';
import { idKey, type Request, type Response, withId } from './message.ts';
import type { Server } from './server.ts';

/** A client's request that a server is at work on. */
export interface Flight {
  readonly server: Server;
  /** The id under which the server knows it. */
  readonly id: number;
}

/** A server's request that the client is at work on. */
interface Errand {
  readonly server: Server;
  /** The server's own id of it, as text. */
  readonly id: string;
  /** Key of the progress token that was made for it. */
  readonly token?: string;
}

/** Who waits for what, both ways. Ids are made anew on each side, so that they never collide. */
export class Flights {
  #out = new Map<string, Set<Flight>>();
  #errands = new Map<number, Errand>();
  #tokens = new Map<string, { readonly server: Server; readonly token: string }>();
  #nextErrand = 1;

  depart(request: Request, flight: Flight): void {
    const key = idKey(request.body['id']);
    this.#out.set(key, (this.#out.get(key) ?? new Set()).add(flight));
  }

  land(request: Request, flight: Flight): void {
    const key = idKey(request.body['id']);
    const flights = this.#out.get(key);
    flights?.delete(flight);
    if (flights?.size === 0) this.#out.delete(key);
  }

  /** What is under way for an id of the client's. */
  of(id: unknown): readonly Flight[] {
    return [...(this.#out.get(idKey(id)) ?? [])];
  }

  /** A server's request as the client gets it: with an id, and a progress token, that no other server uses. */
  send(server: Server, request: Request): string {
    const id = this.#nextErrand++;
    const at = spanAt(request.text, ['params', '_meta', 'progressToken']);
    if (!at) {
      this.#errands.set(id, { server, id: request.id });
      return withId(request.text, String(id));
    }
    const token = JSON.stringify(`${server.name}:${id}`);
    this.#errands.set(id, { server, id: request.id, token });
    this.#tokens.set(token, { server, token: request.text.slice(at.start, at.end) });
    return splice(request.text, [
      [spanAt(request.text, ['id']), String(id)],
      [at, token],
    ]);
  }

  /** Brings the client's answer to the server that asked; an answer that nobody asked for goes nowhere. */
  answer(response: Response): void {
    const { id } = response.body;
    const errand = typeof id === 'number' ? this.#errands.get(id) : undefined;
    if (!errand) return;
    this.#drop(id as number, errand);
    errand.server.tell(withId(response.text, errand.id));
  }

  /** The client's id of a server's request; `null` when it is over. */
  errandOf(server: Server, id: unknown): number | null {
    for (const [ours, errand] of this.#errands)
      if (errand.server === server && idKey(JSON.parse(errand.id)) === idKey(id)) return ours;
    return null;
  }

  /** Whose progress the client reports. */
  tokenOf(token: unknown): { readonly server: Server; readonly token: string } | undefined {
    return this.#tokens.get(idKey(token));
  }

  /** Forgets what a server that is gone had asked for. */
  leave(server: Server): void {
    for (const [id, errand] of this.#errands) if (errand.server === server) this.#drop(id, errand);
  }

  #drop(id: number, { token }: Errand): void {
    this.#errands.delete(id);
    if (token) this.#tokens.delete(token);
  }
}
