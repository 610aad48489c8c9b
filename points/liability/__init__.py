"""The points that customers can still spend: what the programme owes, by when it was earned and until when it lasts."""
