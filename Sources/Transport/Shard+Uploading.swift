import HTTP

/// Bodies on their way into a sink; the peer is read as fast as the sink takes.
extension Shard {
    /// Gives the sink what came.
    func pass(_ piece: [UInt8], _ index: Int, _ exchange: Exchange) {
        guard case .upload(let upload) = exchange.phase else { return }
        upload.pending += piece.count
        if upload.pending >= limits.uploadAhead { upload.pausedAt = time }
        let id = id(at: index)
        let count = piece.count
        upload.sink.take(piece) { refusal in
            self.post { $0.taken(count, by: id, refusal) }
        }
    }

    /// The peer has sent all of it.
    func passedAll(_ index: Int, _ exchange: Exchange) {
        guard case .upload(let upload) = exchange.phase else { return }
        upload.isWhole = true
        tellIfTaken(index, exchange, upload)
    }

    /// The sink is done with a piece, or refuses the request.
    private func taken(_ count: Int, by connection: ConnectionID, _ refusal: Response?) {
        guard let index = index(of: connection), case .http(let exchange) = slab.base[index].stage,
            case .upload(let upload) = exchange.phase
        else { return }
        if let refusal {
            // What is left of the body is not read: the connection ends with the answer.
            exchange.phase = .answering(upload.head)
            answer(index, exchange, upload.head, refusal, keeps: upload.isWhole)
            if !slab.base[index].isFree { resumable.append(connection) }
            return
        }
        upload.pending -= count
        if upload.isWhole {
            tellIfTaken(index, exchange, upload)
        } else if let pausedAt = upload.pausedAt, upload.pending < limits.uploadAhead {
            upload.pausedAt = nil
            upload.since += time - pausedAt
            setAlarm(index, at: upload.since + limits.bodyTime.wholeMilliseconds)
            resumable.append(connection)
        }
    }

    private func tellIfTaken(_ index: Int, _ exchange: Exchange, _ upload: Upload) {
        guard upload.pending == 0 else { return }
        exchange.phase = .answering(upload.head)
        slab.base[index].isKnown = true
        application?.receive(upload.head, takenBy: upload.sink, from: id(at: index), on: self)
    }
}
